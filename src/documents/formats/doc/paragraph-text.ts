import type { FieldText } from './field-text.ts';
import type { ListLabels } from './list-labels.ts';
import type { ParagraphProperties } from './paragraph-properties.ts';
import type { TextPieces } from './text-pieces.ts';

const cellEnd = '\x07';
/** Ends of paragraphs: their mark, that of a cell, and of a section. */
const paragraphEnds: ReadonlySet<string> = new Set(['\r', cellEnd, '\f']);

/** Puts labels of lists before the paragraphs of a story, and ends rows of tables where they end. */
export class ParagraphText {
  readonly #pieces: TextPieces;
  readonly #properties: ParagraphProperties;
  readonly #labels: ListLabels;
  readonly #text: FieldText;
  #position: number;
  #isParagraphStart = true;

  constructor(
    text: FieldText,
    options: {
      pieces: TextPieces;
      properties: ParagraphProperties;
      labels: ListLabels;
      /** Of the story, in characters. */
      start: number;
    },
  ) {
    this.#text = text;
    this.#pieces = options.pieces;
    this.#properties = options.properties;
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
    this.#text.push(text);
    this.#position += text.length;
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
    const offset = this.#pieces.findOffset(this.#position);
    return offset === undefined ? undefined : this.#properties.findAt(offset);
  }
}
