import { UnreadableError } from '../../reader.ts';

/** Streams, folders or parts of one archive: far more than there may be files. */
export const mostThings = 1_000_000;

/** Walks through a header of 7z; every method throws `corrupt` behind its end. */
export class SevenZipBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  readByte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  readUint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  readUint64(): number {
    return this.readUint32() + this.readUint32() * 0x1_0000_0000;
  }

  readBytes(size: number): Uint8Array {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** A NUMBER: ones at the start of the first byte tell how many follow, the lowest first. */
  readNumber(): number {
    const first = this.readByte();
    let value = 0;
    let weight = 1;
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * weight;
      value += this.readByte() * weight;
      weight *= 256;
    }
    return value;
  }

  /**
   * A NUMBER of things, each of which takes at least a byte of what is left.
   *
   * @throws {UnreadableError} `too_many`
   */
  readCount(): number {
    const count = this.readNumber();
    if (count > this.left) throw new UnreadableError('corrupt');
    if (count > mostThings) throw new UnreadableError('too_many');
    return count;
  }

  /** One bit each, the highest of a byte first. */
  readBits(count: number): boolean[] {
    const bytes = this.readBytes(Math.ceil(count / 8));
    return Array.from(
      { length: count },
      (_, at) => (((bytes[at >> 3] as number) >> (7 - (at & 7))) & 1) === 1,
    );
  }

  /** CRCs, of which some may be missing. */
  readDigests(count: number): (number | undefined)[] {
    const isAll = this.readByte() !== 0;
    const isThere = isAll ? Array<boolean>(count).fill(true) : this.readBits(count);
    return isThere.map((there) => (there ? this.readUint32() : undefined));
  }

  #advance(size: number): number {
    const start = this.#at;
    if (!(size >= 0 && size <= this.left)) throw new UnreadableError('corrupt');
    this.#at += size;
    return start;
  }
}
