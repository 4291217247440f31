import type { Aside, CharacterProperties } from './character-properties.ts';
import type { FieldText } from './field-text.ts';
import type { ListLabels } from './list-labels.ts';
import type { ParagraphProperties } from './paragraph-properties.ts';
import type { StoryText } from './story-text.ts';
import type { TextPieces } from './text-pieces.ts';

const cellEnd = '\x07';
/** Ends of paragraphs: their mark, that of a cell, and of a section. */
const paragraphEnds: ReadonlySet<string> = new Set(['\r', cellEnd, '\f']);

/**
 * Puts labels of lists before the paragraphs of a story, ends rows of tables where they end, and sets
 * aside what was deleted or is hidden.
 */
export class ParagraphText {
  readonly #pieces: TextPieces;
  readonly #properties: ParagraphProperties;
  readonly #characters: CharacterProperties;
  readonly #labels: ListLabels;
  readonly #story: StoryText;
  readonly #text: FieldText;
  #position: number;
  #isParagraphStart = true;

  constructor(
    text: FieldText,
    options: {
      pieces: TextPieces;
      properties: ParagraphProperties;
      characters: CharacterProperties;
      story: StoryText;
      labels: ListLabels;
      /** Of the story, in characters. */
      start: number;
    },
  ) {
    this.#text = text;
    this.#pieces = options.pieces;
    this.#properties = options.properties;
    this.#characters = options.characters;
    this.#story = options.story;
    this.#labels = options.labels;
    this.#position = options.start;
  }

  push(chunk: string): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk.charAt(at);
      if (!paragraphEnds.has(character)) continue;
      this.#write(chunk.slice(start, at));
      this.#endParagraph(character);
      start = at + 1;
    }
    this.#write(chunk.slice(start));
  }

  #write(text: string): void {
    if (text === '') return;
    if (this.#isParagraphStart) this.#writeLabel();
    this.#isParagraphStart = false;
    for (let at = 0; at < text.length; ) {
      const { aside, length } = this.#runAt(this.#position, text.length - at);
      const run = text.slice(at, at + length);
      const position = this.#position;
      // Of a field, not even what is hidden may be taken apart.
      if (aside === undefined || this.#text.isInField || hasFieldMark(run)) this.#text.push(run);
      else this.#story.writeAside(run, { aside, position });
      at += length;
      this.#position += length;
    }
  }

  /** How much of the text that comes next is alike, and what it is. */
  #runAt(position: number, most: number): { aside: Aside | undefined; length: number } {
    const place = this.#pieces.findPlace(position);
    const run = place === undefined ? undefined : this.#characters.findAt(place.offset);
    if (place === undefined || run === undefined) return { aside: undefined, length: most };
    const { offset, characterBytes, left } = place;
    const length = Math.ceil((run.end - offset) / characterBytes);
    return { aside: run.aside, length: Math.max(Math.min(length, left, most), 1) };
  }

  #writeLabel(): void {
    const { list = 0, level = 0 } = this.#find() ?? {};
    if (list <= 0) return;
    const label = this.#labels.take(list, level);
    if (label !== '') this.#text.push(`${label} `);
  }

  #endParagraph(mark: string): void {
    this.#isParagraphStart = true;
    const properties = mark === cellEnd ? this.#find() : undefined;
    this.#position += 1;
    if (properties === undefined) this.#text.push(mark);
    else this.#text.endCell(properties.isRowEnd === true);
  }

  #find(): ReturnType<ParagraphProperties['findAt']> {
    const place = this.#pieces.findPlace(this.#position);
    return place === undefined ? undefined : this.#properties.findAt(place.offset);
  }
}

function hasFieldMark(text: string): boolean {
  return ['\x13', '\x14', '\x15'].some((mark) => text.includes(mark));
}
