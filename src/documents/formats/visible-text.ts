import type { DocumentSink, Location } from '../reader.ts';

const bufferCharacters = 16_384;
const longestLine = 262_144;
/** White space that is not one blank already. */
const hasLooseSpace = /\s\s|[^\S ]/;

/**
 * Lays text out in lines as a person would see it: white space in one, blocks in lines of their
 * own, cells of a row divided by tabs. Hands whole lines on, in a part it starts when there is one.
 */
export class VisibleText {
  readonly #sink: DocumentSink;
  readonly #location: Location;
  #isStarted = false;
  #text = '';
  /** From this length on the text is looked through for whole lines. */
  #handOnFrom = bufferCharacters;
  /** What comes before the next word: nothing, a line's end, or the tabs before a cell. */
  #pending = '';
  #hasSpace = false;
  #isInRow = false;
  #isRowEmpty = false;
  #preformatted = 0;

  constructor(sink: DocumentSink, location: Location) {
    this.#sink = sink;
    this.#location = location;
  }

  add(text: string): void {
    const seen = text.includes('\u00ad') ? text.replaceAll('\u00ad', '') : text;
    if (this.#preformatted > 0) this.#append(seen.replace(/\r\n?/g, '\n'));
    else this.#addWords(hasLooseSpace.test(seen) ? seen.replace(/\s+/g, ' ') : seen);
    if (this.#text.length > this.#handOnFrom) this.#handOn();
  }

  /** Ends the line; not at the start of a cell. */
  break(): void {
    if (!this.#pending.includes('\t')) this.#pending = '\n';
  }

  startRow(): void {
    this.#pending = '\n';
    this.#isInRow = false;
    this.#isRowEmpty = true;
  }

  startCell(): void {
    if (!this.#isInRow) this.#pending = '\n';
    else if (this.#isRowEmpty || this.#pending.includes('\t')) this.#pending += '\t';
    else this.#pending = '\t';
    if (this.#pending.length > 1_000) this.#append('');
    this.#isInRow = true;
  }

  startPreformatted(): void {
    this.#preformatted += 1;
  }

  endPreformatted(): void {
    this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  /** Others have started parts: what follows needs a new one. */
  interrupt(): void {
    this.#isStarted = false;
  }

  finish(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
    this.#write(this.#text);
    this.#text = '';
  }

  #addWords(words: string): void {
    if (words.startsWith(' ')) this.#hasSpace = true;
    if (words === '' || words === ' ') return;
    const space = this.#hasSpace && this.#pending === '' ? ' ' : '';
    this.#append(space + words.trim());
    this.#hasSpace = words.endsWith(' ');
  }

  #append(text: string): void {
    const isFirst = this.#text === '' && !this.#isStarted;
    this.#text += (isFirst ? '' : this.#pending) + text;
    this.#pending = '';
    this.#hasSpace = false;
    this.#isRowEmpty = false;
  }

  /** Hands on all but the open line, which may have to go to the next part. */
  #handOn(): void {
    const end = this.#text.lastIndexOf('\n') + 1;
    const isOpenOnly = end === 0 && this.#text.length < longestLine;
    const size = isOpenOnly ? 0 : end || this.#text.length;
    this.#write(this.#text.slice(0, size));
    this.#text = this.#text.slice(size);
    this.#handOnFrom = this.#text.length + bufferCharacters;
  }

  #write(text: string): void {
    if (text === '') return;
    if (!this.#isStarted) this.#sink.startPart(this.#location);
    this.#isStarted = true;
    this.#sink.write(text);
  }
}
