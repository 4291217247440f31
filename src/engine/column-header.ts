import { isAsciiLetter, isDigit, isLetter, isLower, isUpper } from './byte-classes.ts';
import type { ContextTerms } from './context-terms.ts';
import type { TextWindow } from './detector.ts';
import { endsWord, matchTerm } from './term-index.ts';

const maxHeaderBytes = 4_096;
const maxRowBytes = 16_384;
const maxColumns = 512;
const maxCellBytes = 64;
const maxCellWords = 5;
const delimiters = [0x2c, 0x3b, 0x09, 0x7c];
const quote = 0x22;
const noWords: readonly number[] = [];

/**
 * The first line of a delimited text, as context for the values below it: a value is named by its
 * own column, not by its neighbours'.
 */
export class ColumnHeader {
  /** Where the rows start, in bytes of the text. */
  readonly endOffset: number;
  readonly #delimiter: number;
  /** Ids of the context words in each column's name. */
  readonly #words: readonly (readonly number[])[];
  /** By column: 1 for each detector its name supports; undefined when there is none. */
  readonly #supported: readonly (Uint8Array | undefined)[];
  readonly #supportsAny: boolean;
  readonly #positions = new Float64Array(maxColumns);
  #row = -1;
  #found = 0;
  #readTo = 0;
  #quoted = false;

  constructor(
    endOffset: number,
    delimiter: number,
    { words, terms }: { words: readonly number[][]; terms: ContextTerms },
  ) {
    this.endOffset = endOffset;
    this.#delimiter = delimiter;
    this.#words = words;
    this.#supported = words.map((ids) => supportedBy(ids, terms));
    this.#supportsAny = this.#supported.some((supported) => supported !== undefined);
  }

  /**
   * Reads the header at the start of a text (blank lines and lines that start with `#` may come
   * before it); undefined when the first lines do not look like a table.
   */
  static read(window: TextWindow, terms: ContextTerms): ColumnHeader | undefined {
    const line = firstLine(window);
    if (line === undefined) return undefined;
    for (const delimiter of delimiters) {
      const cells = splitCells(window.bytes, line.start, line.end, delimiter);
      if (cells.length < 2 || cells.length > maxColumns) continue;
      const next = lineAt(window, line.end + 1);
      if (next === undefined) return undefined;
      const row = splitCells(window.bytes, next.start, next.end, delimiter);
      if (row.length !== cells.length) continue;
      if (!cells.every((cell) => isName(window.bytes, cell.start, cell.end))) continue;
      const words = cells.map((cell) => wordsIn(window, cell.start, cell.end, terms));
      return new ColumnHeader(window.offset + line.end, delimiter, { words, terms });
    }
    return undefined;
  }

  /** Gives the words that name the column of the value at `start`, an index of the window. */
  wordsAt(window: TextWindow, lineStart: number, start: number): readonly number[] {
    return this.#words[this.#columnOf(window, lineStart, window.offset + start)] ?? noWords;
  }

  /** Gives the detectors the column of the value at `start` names; undefined for none. */
  supportedAt(window: TextWindow, lineStart: number, start: number): Uint8Array | undefined {
    if (!this.#supportsAny || window.offset + start <= this.endOffset) return undefined;
    return this.#supported[this.#columnOf(window, lineStart, window.offset + start)];
  }

  #columnOf(window: TextWindow, lineStart: number, position: number): number {
    if (position - lineStart > maxRowBytes) return -1;
    if (lineStart !== this.#row) {
      this.#row = lineStart;
      this.#found = 0;
      this.#readTo = lineStart;
      this.#quoted = false;
    }
    if (this.#readTo < position) this.#findDelimiters(window, position);
    let column = this.#found;
    while (column > 0 && (this.#positions[column - 1] as number) >= position) column--;
    return column;
  }

  /** Finds the delimiters of the row up to `position`. */
  #findDelimiters({ bytes, offset }: TextWindow, position: number): void {
    const delimiter = this.#delimiter;
    const positions = this.#positions;
    let found = this.#found;
    let quoted = this.#quoted;
    let i = this.#readTo - offset;
    for (const to = position - offset; i < to && found < maxColumns; i++) {
      const byte = bytes[i];
      if (byte === delimiter) {
        if (!quoted) positions[found++] = offset + i;
      } else if (byte === quote) quoted = !quoted;
    }
    this.#readTo = offset + i;
    this.#found = found;
    this.#quoted = quoted;
  }
}

function supportedBy(words: readonly number[], terms: ContextTerms): Uint8Array | undefined {
  const positions = words.flatMap((word) => terms.supports[word] ?? []);
  if (positions.length === 0) return undefined;
  const supported = new Uint8Array(terms.effects.length);
  for (const position of positions) supported[position] = 1;
  return supported;
}

function firstLine(window: TextWindow): { start: number; end: number } | undefined {
  let at = 0;
  for (;;) {
    const line = lineAt(window, at);
    if (line === undefined || line.end > maxHeaderBytes) return undefined;
    if (line.start < line.end && window.bytes[line.start] !== 0x23) return line;
    at = line.end + 1;
  }
}

function lineAt(window: TextWindow, from: number): { start: number; end: number } | undefined {
  if (from >= window.end) return undefined;
  const limit = Math.min(window.end, from + maxHeaderBytes);
  let end = from;
  while (end < limit && window.bytes[end] !== 0x0a) end++;
  return { start: from, end };
}

function splitCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
): { start: number; end: number }[] {
  const cells: { start: number; end: number }[] = [];
  let from = start;
  let quoted = false;
  for (let i = start; i < end; i++) {
    if (bytes[i] === quote) quoted = !quoted;
    else if (bytes[i] === delimiter && !quoted) {
      cells.push({ start: from, end: i });
      from = i + 1;
    }
  }
  cells.push({ start: from, end });
  return cells;
}

/** A column name is short, has letters (or is empty) and none of the marks of data or prose. */
function isName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > maxCellBytes) return false;
  let words = 0;
  let digits = 0;
  let previous = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (isLetter(byte) && !isLetter(previous)) words++;
    digits = isDigit(byte) ? digits + 1 : 0;
    if (digits > 2 || '{}<>=@!?'.includes(String.fromCharCode(byte))) return false;
    previous = byte;
  }
  return words <= maxCellWords;
}

function wordsIn(window: TextWindow, start: number, end: number, terms: ContextTerms): number[] {
  const { bytes } = window;
  const found: number[] = [];
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const previous = i > start ? (bytes[i - 1] as number) : 0;
    if (!isLetter(byte) || previous >= 0x80) continue;
    if (isAsciiLetter(previous) && !(isUpper(byte) && isLower(previous))) continue;
    const [second = 0, third = 0, fourth = 0] = bytes.subarray(i + 1, i + 4);
    for (const term of terms.index.lists[terms.index.listOf(byte, second, third, fourth)] ?? []) {
      const after = matchTerm(term, bytes, i, end);
      if (after >= 0 && endsWord(bytes, i, after, end)) found.push(term.id);
    }
  }
  return found;
}
