import { UnreadableError } from '../../reader.ts';

/** Undoes a filter, on bytes as they come. */
export type Unfilter = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * Undoes Delta (XZ file format 5.3.3): each byte was stored as its difference to one before.
 *
 * @throws {UnreadableError} `corrupt` for properties that are not its.
 */
export function undelta(properties: Uint8Array): Unfilter {
  const [distance] = properties;
  if (distance === undefined || properties.length !== 1) throw new UnreadableError('corrupt');
  return async function* (bytes) {
    const last = new Uint8Array(distance + 1);
    let at = 0;
    for await (const chunk of bytes) {
      yield Uint8Array.from(chunk, (byte) => {
        const value = (byte + (last[at] as number)) & 0xff;
        last[at] = value;
        at = at === distance ? 0 : at + 1;
        return value;
      });
    }
  };
}

/** Bytes of a jump: one for what it is, four for where to. */
const jumpBytes = 5;

/**
 * Undoes BCJ for x86 (XZ file format 5.3.2; its algorithm is that of the public-domain LZMA SDK):
 * targets of jumps were made absolute, which repeats more often.
 */
export async function* unbranchX86(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const branches = new X86Branches();
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    const joined = new Uint8Array(rest.length + chunk.length);
    joined.set(rest);
    joined.set(chunk, rest.length);
    const done = branches.undo(joined);
    rest = joined.subarray(done);
    if (done > 0) yield joined.subarray(0, done);
  }
  if (rest.length > 0) yield rest;
}

/** By which of the three bytes before looked like jumps: whether one here can be one. */
const canBranch = [true, true, true, false, true, false, false, false];
/** By the same: how many bytes of its target belong to the last of those. */
const sharedBytes = [0, 1, 2, 2, 3, 3, 3, 3];

class X86Branches {
  /** Where the next byte is in the whole. */
  #position = 0;
  #lastJump = -jumpBytes;
  /** The bytes before that looked like jumps, the last in bit 0; in bits 4 to 6: with a far end. */
  #seen = 0;

  /** Undoes in place as far as it can be told; gives the number of bytes done. */
  undo(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (at + jumpBytes <= bytes.length) {
      // Calls and jumps with a target relative to what comes behind them.
      if (bytes[at] !== 0xe8 && bytes[at] !== 0xe9) {
        at++;
        continue;
      }
      this.#age(this.#position + at);
      const seen = this.#seen >> 1;
      const canEnd = isFarEnd(bytes[at + 4] as number);
      if (canEnd && seen < 0x10 && canBranch[seen & 7]) {
        const target = this.#relative(view.getUint32(at + 1, true), this.#position + at);
        // Only 25 bits count: the last byte is all ones or all zeros.
        view.setUint32(at + 1, (target & 0x1ff_ffff) | -(target & 0x100_0000), true);
        this.#seen = 0;
        at += jumpBytes;
      } else {
        this.#seen |= canEnd ? 0x11 : 1;
        at++;
      }
    }
    this.#position += at;
    return at;
  }

  #age(position: number): void {
    const distance = position - this.#lastJump;
    this.#lastJump = position;
    if (distance > jumpBytes) this.#seen = 0;
    else for (let left = distance; left > 0; left--) this.#seen = (this.#seen & 0x77) << 1;
  }

  #relative(stored: number, position: number): number {
    let target = stored;
    for (;;) {
      const relative = (target - (position + jumpBytes)) | 0;
      if (this.#seen === 0) return relative;
      const shared = (sharedBytes[(this.#seen >> 1) & 7] as number) * 8;
      if (!isFarEnd((relative >>> (24 - shared)) & 0xff)) return relative;
      target = (relative ^ (2 ** (32 - shared) - 1)) >>> 0;
    }
  }
}

function isFarEnd(byte: number): boolean {
  return byte === 0 || byte === 0xff;
}
