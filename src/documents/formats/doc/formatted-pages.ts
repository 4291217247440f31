import type { ByteRange } from './file-information-block.ts';
import { bytesIn } from './file-information-block.ts';

const pageBytes = 512;

/** What is formatted alike: its place on a page, and how far it goes. */
export interface FormattedRun {
  /** Of the entry that tells of its properties, in bytes of the stream. */
  entryAt: number;
  pageStart: number;
  pageEnd: number;
  /** Of the text, in bytes of the stream. */
  end: number;
}

/**
 * Pages of 512 bytes that tell the properties of text by where it is ([MS-DOC] 2.9.33, 2.9.174):
 * offsets, one more than there are entries, then the entries; how many is in the last byte.
 */
export class FormattedPages {
  readonly #stream: DataView;
  readonly #table: DataView;
  readonly #pages: number;
  readonly #entryBytes: number;

  constructor(
    stream: Uint8Array,
    table: Uint8Array,
    { range, entryBytes }: { range: ByteRange; entryBytes: number },
  ) {
    this.#stream = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
    const pages = bytesIn(table, range);
    this.#table = new DataView(pages.buffer, pages.byteOffset, pages.byteLength);
    // Offsets, one more than there are pages, then the pages' numbers.
    this.#pages = Math.max(Math.floor((pages.length - 4) / 8), 0);
    this.#entryBytes = entryBytes;
  }

  /** Finds the run at an offset of the stream; undefined when nothing is known of it. */
  findAt(offset: number): FormattedRun | undefined {
    const page = findLast(this.#pages, (n) => this.#table.getUint32(n * 4, true) <= offset);
    if (page < 0) return undefined;
    const number = this.#table.getUint32((this.#pages + 1 + page) * 4, true) & 0x3fffff;
    const pageStart = number * pageBytes;
    const pageEnd = pageStart + pageBytes;
    if (pageEnd > this.#stream.byteLength) return undefined;
    const count = this.#stream.getUint8(pageEnd - 1);
    const entries = pageStart + (count + 1) * 4;
    if (entries + count * this.#entryBytes > pageEnd) return undefined;
    const textAt = (n: number): number => this.#stream.getUint32(pageStart + n * 4, true);
    const entry = findLast(count, (n) => textAt(n) <= offset);
    const end = textAt(entry + 1);
    if (entry < 0 || end <= offset) return undefined;
    return { entryAt: entries + entry * this.#entryBytes, pageStart, pageEnd, end };
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
