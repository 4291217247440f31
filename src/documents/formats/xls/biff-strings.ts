import { decodeCodePage } from '../code-pages.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';

const isWideFlag = 1;
const hasPhoneticFlag = 4;
const isRichFlag = 8;

/**
 * Reads strings of Excel 97 and later from a record and its CONTINUE records: where a string goes
 * on in the next record, a byte there says anew whether its characters are wide ([MS-XLS] 2.5.293).
 *
 * @throws {RangeError} beyond the end.
 */
export class ContinuedStrings {
  readonly #records: readonly Uint8Array[];
  #record = 0;
  #cursor: ByteCursor;

  constructor(records: readonly Uint8Array[], at = 0) {
    this.#records = records;
    this.#cursor = new ByteCursor(records[0] ?? new Uint8Array(0), at);
  }

  /**
   * A string with its length in 16 bits and a byte of flags; formatting is left out, how it is
   * pronounced follows after a space.
   */
  richString(): string {
    if (this.#cursor.left === 0) this.#nextRecord();
    const units = this.#cursor.uint16();
    const flags = this.#cursor.uint8();
    const runs = (flags & isRichFlag) === 0 ? 0 : this.#cursor.uint16();
    const phoneticBytes = (flags & hasPhoneticFlag) === 0 ? 0 : this.#cursor.uint32();
    const text = this.characters(units, (flags & isWideFlag) !== 0);
    this.#take(runs * 4);
    const pronounced = readPhonetic(Buffer.concat(this.#take(phoneticBytes)));
    return pronounced === '' ? text : `${text} ${pronounced}`;
  }

  /** So many characters, as wide as the flag byte before them says. */
  flaggedCharacters(units: number): string {
    if (units === 0) return '';
    return this.characters(units, (this.#cursor.uint8() & isWideFlag) !== 0);
  }

  characters(units: number, isWide: boolean): string {
    let text = '';
    let wide = isWide;
    for (let left = units; left > 0; ) {
      const here = Math.min(left, wide ? this.#cursor.left >> 1 : this.#cursor.left);
      text += wide ? this.#cursor.utf16(here) : latin1(this.#cursor.take(here));
      left -= here;
      if (left === 0) break;
      this.#nextRecord();
      wide = (this.#cursor.uint8() & isWideFlag) !== 0;
    }
    return text;
  }

  #take(bytes: number): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (let left = bytes; left > 0; ) {
      const piece = this.#cursor.take(Math.min(left, this.#cursor.left));
      pieces.push(piece);
      left -= piece.length;
      if (left > 0) this.#nextRecord();
    }
    return pieces;
  }

  #nextRecord(): void {
    this.#record += 1;
    const next = this.#records[this.#record];
    if (next === undefined) throw new RangeError('beyond the end');
    this.#cursor = new ByteCursor(next);
  }
}

/** Reads how a text is pronounced ([MS-XLS] 2.5.86); empty when it is not said. */
function readPhonetic(bytes: Uint8Array): string {
  const cursor = new ByteCursor(bytes, 12);
  if (cursor.left < 2) return '';
  return cursor.utf16(Math.min(cursor.uint16(), cursor.left >> 1));
}

export interface StringOptions {
  /** Excel 97 and later: flagged UTF-16 rather than bytes of a code page. */
  isUnicode: boolean;
  codePage: number;
  /** Bytes of the length before the string. */
  lengthBytes: 1 | 2;
}

/** Reads a string with its length before it, of any version; cut where the record ends. */
export function readString(cursor: ByteCursor, options: StringOptions): string {
  const { isUnicode, codePage, lengthBytes } = options;
  if (cursor.left < lengthBytes) return '';
  const length = lengthBytes === 1 ? cursor.uint8() : cursor.uint16();
  if (!isUnicode) {
    return decodeCodePage(codePage, cursor.take(Math.min(length, cursor.left)));
  }
  if (cursor.left === 0) return '';
  const flags = cursor.uint8();
  if ((flags & isRichFlag) !== 0) cursor.at += 2;
  if ((flags & hasPhoneticFlag) !== 0) cursor.at += 4;
  if ((flags & isWideFlag) !== 0) return cursor.utf16(Math.min(length, cursor.left >> 1));
  return latin1(cursor.take(Math.min(length, Math.max(cursor.left, 0))));
}

/** Characters kept as the low bytes of their UTF-16 units. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
