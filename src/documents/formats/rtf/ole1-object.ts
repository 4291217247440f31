import type { ReadBudget } from '../../read-budget.ts';
import { isHexDigit } from './rtf-tokens.ts';

/** Gathers the bytes of an object that is written as hexadecimal digits. */
export class HexObject {
  readonly #budget: ReadBudget;
  readonly #pieces: Uint8Array[] = [];
  #piece = new Uint8Array(4_096);
  #used = 0;
  #length = 0;
  #high = -1;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  get length(): number {
    return this.#length;
  }

  pushDigits(text: Uint8Array): void {
    for (const byte of text) {
      if (!isHexDigit(byte)) continue;
      const value = byte <= 0x39 ? byte - 0x30 : (byte & 0xdf) - 0x37;
      if (this.#high < 0) {
        this.#high = value;
      } else {
        this.#pushByte(this.#high * 16 + value);
        this.#high = -1;
      }
    }
  }

  pushBytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#pushByte(byte);
  }

  finish(): Uint8Array {
    return Buffer.concat([...this.#pieces, this.#piece.subarray(0, this.#used)]);
  }

  #pushByte(byte: number): void {
    if (this.#used === this.#piece.length) {
      this.#pieces.push(this.#piece);
      this.#piece = new Uint8Array(65_536);
      this.#used = 0;
      this.#budget.checkHeld(this.#length);
    }
    this.#piece[this.#used++] = byte;
    this.#length += 1;
  }
}

/** An object as OLE 1.0 stores it: embedded bytes, or the name of a linked file. */
export interface Ole1Object {
  name: string;
  content: Uint8Array | undefined;
  /** Of a linked object: the file it is in. */
  link: string | undefined;
}

/** Ole1 format identifiers ([MS-OLEDS] 2.2.4). */
const formats = { linked: 1, embedded: 2, presentation: 5 } as const;

/**
 * Reads an object header and its native data ([MS-OLEDS] 2.2.4 to 2.2.6); undefined when it is not
 * one, or has a picture only. A `Package` is opened up to the file in it.
 */
export function readOle1Object(bytes: Uint8Array): Ole1Object | undefined {
  const cursor = new Cursor(bytes);
  cursor.u32();
  const format = cursor.u32();
  if (format !== formats.linked && format !== formats.embedded) return undefined;
  const className = cursor.countedString();
  const topic = cursor.countedString();
  const item = cursor.countedString();
  if (className === undefined || topic === undefined || item === undefined) return undefined;
  if (format === formats.linked) return { name: className, content: undefined, link: topic };
  const native = cursor.counted();
  if (native === undefined || native.length === 0) return undefined;
  const packed = className === 'Package' ? readOlePackage(native) : undefined;
  return packed ?? { name: className, content: native, link: undefined };
}

/** The data of Windows' object packager: labels and paths, then a file's bytes. */
export function readOlePackage(bytes: Uint8Array): Ole1Object | undefined {
  const cursor = new Cursor(bytes);
  if (cursor.u16() !== 2) return undefined;
  const label = cursor.endedString();
  const path = cursor.endedString();
  cursor.u16();
  const kind = cursor.u16();
  if (label === undefined || path === undefined) return undefined;
  if (kind !== 3) return { name: label, content: undefined, link: path };
  cursor.countedString();
  const content = cursor.counted();
  if (content === undefined) return undefined;
  return { name: label === '' ? path : label, content, link: path };
}

/** Reads little-endian fields; past the end numbers are undefined, and so are strings. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u16(): number | undefined {
    if (this.#at + 2 > this.#bytes.length) return undefined;
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2, true);
  }

  u32(): number | undefined {
    if (this.#at + 4 > this.#bytes.length) return undefined;
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  /** Bytes after their count; fewer when the document ends before. */
  counted(): Uint8Array | undefined {
    const count = this.u32();
    if (count === undefined) return undefined;
    const start = this.#at;
    this.#at = Math.min(this.#bytes.length, start + count);
    return this.#bytes.subarray(start, this.#at);
  }

  countedString(): string | undefined {
    const bytes = this.counted();
    return bytes === undefined ? undefined : latin1(bytes).replace(/\0.*$/s, '');
  }

  endedString(): string | undefined {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) return undefined;
    const text = latin1(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
