import { decodeCodePage } from '../code-pages.ts';

/**
 * Reads little-endian numbers and strings one after the other.
 *
 * @throws {RangeError} beyond the end, from every method.
 */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  uint8(): number {
    const value = this.#view.getUint8(this.at);
    this.at += 1;
    return value;
  }

  uint16(): number {
    const value = this.#view.getUint16(this.at, true);
    this.at += 2;
    return value;
  }

  int16(): number {
    const value = this.#view.getInt16(this.at, true);
    this.at += 2;
    return value;
  }

  uint32(): number {
    const value = this.#view.getUint32(this.at, true);
    this.at += 4;
    return value;
  }

  int32(): number {
    const value = this.#view.getInt32(this.at, true);
    this.at += 4;
    return value;
  }

  float64(): number {
    const value = this.#view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  /** 100 nanoseconds since 1601, as an ISO date; empty when it is none of the usual. */
  fileTime(): string {
    const low = this.uint32();
    const milliseconds = (this.uint32() * 2 ** 32 + low) / 10_000 - 11_644_473_600_000;
    const isSane = Math.abs(milliseconds) < 250_000_000_000_000;
    if (!isSane || milliseconds < -11_000_000_000_000) return '';
    return new Date(Math.round(milliseconds)).toISOString();
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    if (length < 0 || length > this.left) throw new RangeError('beyond the end');
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  /** So many code units of UTF-16. */
  utf16(units: number): string {
    return decodeUtf16(this.take(units * 2));
  }

  /** Bytes up to a NUL, which is passed. */
  untilNul(): Uint8Array {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) throw new RangeError('beyond the end');
    const bytes = this.take(end - this.at);
    this.at += 1;
    return bytes;
  }

  untilNulText(codePage: number): string {
    return decodeCodePage(codePage, this.untilNul());
  }
}

/** Decodes UTF-16LE; an odd last byte is left out. */
export function decodeUtf16(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le').toWellFormed();
}

/** Gives a text up to its first NUL. */
export function beforeNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
