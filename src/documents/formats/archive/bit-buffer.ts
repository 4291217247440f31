import { UnreadableError } from '../../reader.ts';

/** Bits of a buffer that is filled up between uses, the highest of a byte first. */
export class BitBuffer {
  bytes: Uint8Array = new Uint8Array(0);
  /** The next byte that is not in `bits` yet. */
  at = 0;
  /** The last `held` of these are bits that come next. */
  bits = 0;
  held = 0;

  /** Bytes that were not looked at yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Adds bytes behind those that are left. */
  add(pieces: readonly Uint8Array[]): void {
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), ...pieces]);
    this.at = 0;
  }

  /**
   * Up to 24 bits as a number.
   *
   * @throws {UnreadableError} `corrupt` behind the last byte.
   */
  read(count: number): number {
    while (this.held < count) {
      if (this.at >= this.bytes.length) throw new UnreadableError('corrupt');
      this.bits = (this.bits << 8) | (this.bytes[this.at++] as number);
      this.held += 8;
    }
    this.held -= count;
    return (this.bits >>> this.held) & ((1 << count) - 1);
  }

  read32(): number {
    return this.read(16) * 0x1_0000 + this.read(16);
  }

  /** Passes over bits up to a whole byte. */
  align(): void {
    this.held -= this.held % 8;
  }
}
