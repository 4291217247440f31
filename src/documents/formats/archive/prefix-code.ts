import { UnreadableError } from '../../reader.ts';
import type { BitBuffer } from './bit-buffer.ts';

export const mostCodeBits = 20;
const fastBits = 10;

/** A canonical prefix code: symbols by their lengths in bits, the shortest first. */
export class PrefixCode {
  /** By the next ten bits: the symbol and, in the last five bits, its length; 0 for longer ones. */
  readonly #fast = new Uint16Array(1 << fastBits);
  /** By length: the first code that is longer, filled up to 20 bits. */
  readonly #limits = new Uint32Array(mostCodeBits + 1);
  /** By length: what to add to a code for its place among the symbols. */
  readonly #offsets = new Int32Array(mostCodeBits + 1);
  readonly #symbols: Uint16Array;

  /** @throws {UnreadableError} `corrupt` when there are more codes than there is room for. */
  constructor(lengths: Uint8Array) {
    const counts = new Uint32Array(mostCodeBits + 1);
    for (const length of lengths) counts[length] = (counts[length] as number) + 1;
    this.#symbols = new Uint16Array(lengths.length);
    let code = 0;
    let place = 0;
    const places = new Uint32Array(mostCodeBits + 1);
    for (let length = 1; length <= mostCodeBits; length++) {
      const count = counts[length] as number;
      places[length] = place;
      this.#offsets[length] = place - code;
      code += count;
      place += count;
      if (code > 1 << length) throw new UnreadableError('corrupt');
      this.#limits[length] = code << (mostCodeBits - length);
      code <<= 1;
    }
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] as number;
      if (length === 0) continue;
      const at = places[length] as number;
      places[length] = at + 1;
      this.#symbols[at] = symbol;
      if (length <= fastBits) this.#fill(symbol, length, at - (this.#offsets[length] as number));
    }
  }

  /**
   * Reads one symbol. Behind the last byte it reads zeros: whoever calls it sees to the end.
   *
   * @throws {UnreadableError} `corrupt` when no code is like that.
   */
  read(input: BitBuffer): number {
    while (input.held < mostCodeBits) {
      input.bits = (input.bits << 8) | (input.bytes[input.at++] ?? 0);
      input.held += 8;
    }
    const next = (input.bits >>> (input.held - mostCodeBits)) & ((1 << mostCodeBits) - 1);
    const fast = this.#fast[next >>> (mostCodeBits - fastBits)] as number;
    if (fast !== 0) {
      input.held -= fast & 31;
      return fast >>> 5;
    }
    for (let length = fastBits + 1; length <= mostCodeBits; length++) {
      if (next >= (this.#limits[length] as number)) continue;
      input.held -= length;
      const code = next >>> (mostCodeBits - length);
      return this.#symbols[code + (this.#offsets[length] as number)] as number;
    }
    throw new UnreadableError('corrupt');
  }

  #fill(symbol: number, length: number, code: number): void {
    const first = code << (fastBits - length);
    this.#fast.fill((symbol << 5) | length, first, first + (1 << (fastBits - length)));
  }
}
