import { bytesIn, type FileInformation } from './file-information-block.ts';
import { type ParagraphModifiers, readModifiers } from './property-modifiers.ts';
import { StyleModifiers } from './style-modifiers.ts';

const pageBytes = 512;
const boxBytes = 13;

/** Properties of paragraphs by where their text is, on pages of 512 bytes ([MS-DOC] 2.9.174, 2.4.6.1). */
export class ParagraphProperties {
  readonly #stream: DataView;
  readonly #bytes: Uint8Array;
  readonly #table: DataView;
  readonly #pages: number;
  readonly #styles: StyleModifiers;

  constructor(stream: Uint8Array, table: Uint8Array, information: FileInformation) {
    this.#bytes = stream;
    this.#stream = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
    const pages = bytesIn(table, information.paragraphPages);
    this.#table = new DataView(pages.buffer, pages.byteOffset, pages.byteLength);
    // Offsets, one more than there are pages, then the pages' numbers.
    this.#pages = Math.max(Math.floor((pages.length - 4) / 8), 0);
    this.#styles = new StyleModifiers(bytesIn(table, information.styles));
  }

  /** What the paragraph says whose text is at an offset of the stream; undefined when it is unknown. */
  findAt(offset: number): ParagraphModifiers | undefined {
    const page = findLast(this.#pages, (n) => this.#table.getUint32(n * 4, true) <= offset);
    if (page < 0) return undefined;
    const number = this.#table.getUint32((this.#pages + 1 + page) * 4, true) & 0x3fffff;
    const start = number * pageBytes;
    if (start + pageBytes > this.#bytes.length) return undefined;
    const count = this.#stream.getUint8(start + pageBytes - 1);
    const boxes = start + (count + 1) * 4;
    if (boxes + count * boxBytes > start + pageBytes) return undefined;
    const entry = findLast(count, (n) => this.#stream.getUint32(start + n * 4, true) <= offset);
    if (entry < 0) return undefined;
    const at = this.#stream.getUint8(boxes + entry * boxBytes) * 2;
    return at === 0 ? this.#styles.of(0) : this.#readAt(start + at, start + pageBytes);
  }

  /** The length in two-byte words, the style, then modifiers. */
  #readAt(at: number, end: number): ParagraphModifiers {
    const words = this.#stream.getUint8(at);
    const start = words === 0 ? at + 2 : at + 1;
    const length = words === 0 ? this.#stream.getUint8(at + 1) * 2 : words * 2 - 1;
    const bytes = this.#bytes.subarray(start, Math.min(start + length, end));
    if (bytes.length < 2) return {};
    const style = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
    return { ...this.#styles.of(style), ...readModifiers(bytes.subarray(2)) };
  }
}

/** The last of so many numbers from 0 that is as asked, where all before it are too; -1 for none. */
function findLast(count: number, isSo: (n: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
