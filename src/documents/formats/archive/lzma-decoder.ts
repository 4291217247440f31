import { UnreadableError } from '../../reader.ts';
import type { LzmaWindow } from './lzma-window.ts';

/** Properties of a stream: bits of the byte before, of the position for literals, and for matches. */
export interface LzmaProperties {
  lc: number;
  lp: number;
  pb: number;
}

const states = 12;
const mostPositions = 16;
const lengthProbs = 2 + 2 * mostPositions * 8 + 256;
// Where each model's probabilities start.
const isMatch = 0;
const isRep = isMatch + states * mostPositions;
const isRepG0 = isRep + states;
const isRepG1 = isRepG0 + states;
const isRepG2 = isRepG1 + states;
const isRep0Long = isRepG2 + states;
const slots = isRep0Long + states * mostPositions;
const distances = slots + 4 * 64;
const aligns = distances + 128;
const matchLengths = aligns + 16;
const repLengths = matchLengths + lengthProbs;
const literals = repLengths + lengthProbs;

const range = 0;
const code = 1;
const leastRange = 0x100_0000;

/**
 * Decodes LZMA as Igor Pavlov's public-domain specification says (LZMA specification, 2015): a range
 * coder over bits whose probabilities adapt, literals, matches and repeated matches.
 */
export class LzmaDecoder {
  readonly #window: LzmaWindow;
  #probs = new Uint16Array(literals);
  #lc = 0;
  #literalMask = 0;
  #positionMask = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  /** Of the match that goes on where the last call stopped. */
  #left = 0;
  #input: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Range and code of the coder: an array keeps them unboxed. */
  readonly #coder = new Uint32Array(2);

  constructor(window: LzmaWindow) {
    this.#window = window;
  }

  /** Starts over with properties that are new or, left out, the same. */
  reset(properties?: LzmaProperties): void {
    if (properties !== undefined) {
      const { lc, lp, pb } = properties;
      this.#lc = lc;
      this.#literalMask = (1 << lp) - 1;
      this.#positionMask = (1 << pb) - 1;
      this.#probs = new Uint16Array(literals + (0x300 << (lc + lp)));
    }
    this.#probs.fill(1_024);
    this.#state = 0;
    this.#rep0 = 0;
    this.#rep1 = 0;
    this.#rep2 = 0;
    this.#rep3 = 0;
    this.#left = 0;
  }

  /** Begins to read from bytes. @throws {UnreadableError} `corrupt` */
  start(input: Uint8Array): void {
    if (input.length < 5 || input[0] !== 0) throw new UnreadableError('corrupt');
    this.#input = input;
    this.#at = 5;
    this.#coder[range] = 0xffff_ffff;
    this.#coder[code] = new DataView(input.buffer, input.byteOffset).getUint32(1);
  }

  /** How many bytes of its input were read. */
  get position(): number {
    return this.#at;
  }

  /** Whether the coder has come to an end as its encoder leaves it. */
  get isFinished(): boolean {
    return this.#coder[code] === 0 && this.#left === 0;
  }

  /**
   * Puts up to `count` bytes into the window, for which there must be room; false when a mark says
   * that this is the end.
   *
   * @throws {UnreadableError} `corrupt`, also when the input ends before.
   */
  decode(count: number): boolean {
    const window = this.#window;
    const end = window.total + count;
    while (window.total < end) {
      if (this.#left > 0) {
        const length = Math.min(this.#left, end - window.total);
        window.repeat(this.#rep0 + 1, length);
        this.#left -= length;
        continue;
      }
      const position = window.total & this.#positionMask;
      if (this.#decodeBit(isMatch + this.#state * mostPositions + position) === 0) {
        this.#decodeLiteral();
      } else if (this.#decodeBit(isRep + this.#state) === 0) {
        if (!this.#decodeMatch(position)) return false;
      } else {
        this.#decodeRep(position);
      }
    }
    if (this.#at > this.#input.length) throw new UnreadableError('corrupt');
    return true;
  }

  #decodeLiteral(): void {
    const window = this.#window;
    const before = window.total === 0 ? 0 : window.byteAt(1);
    const context = ((window.total & this.#literalMask) << this.#lc) + (before >> (8 - this.#lc));
    const probs = literals + 0x300 * context;
    let symbol = 1;
    if (this.#state >= 7) {
      // Behind a match, the byte that would have gone on with it is context as long as it agrees.
      let match = window.byteAt(this.#rep0 + 1);
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#decodeBit(probs + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== matchBit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#decodeBit(probs + symbol);
    window.put(symbol & 0xff);
    const state = this.#state;
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  #decodeMatch(position: number): boolean {
    this.#rep3 = this.#rep2;
    this.#rep2 = this.#rep1;
    this.#rep1 = this.#rep0;
    const length = this.#decodeLength(matchLengths, position);
    this.#state = this.#state < 7 ? 7 : 10;
    this.#rep0 = this.#decodeDistance(Math.min(length, 3));
    if (this.#rep0 === 0xffff_ffff) {
      if (this.#at > this.#input.length) throw new UnreadableError('corrupt');
      return false;
    }
    this.#window.checkDistance(this.#rep0 + 1);
    this.#left = length + 2;
    return true;
  }

  #decodeRep(position: number): void {
    const window = this.#window;
    const state = this.#state;
    if (this.#decodeBit(isRepG0 + state) === 0) {
      if (this.#decodeBit(isRep0Long + state * mostPositions + position) === 0) {
        window.checkDistance(this.#rep0 + 1);
        window.put(window.byteAt(this.#rep0 + 1));
        this.#state = state < 7 ? 9 : 11;
        return;
      }
    } else {
      let distance = this.#rep1;
      if (this.#decodeBit(isRepG1 + state) === 1) {
        distance = this.#rep2;
        if (this.#decodeBit(isRepG2 + state) === 1) {
          distance = this.#rep3;
          this.#rep3 = this.#rep2;
        }
        this.#rep2 = this.#rep1;
      }
      this.#rep1 = this.#rep0;
      this.#rep0 = distance;
    }
    const length = this.#decodeLength(repLengths, position);
    this.#state = state < 7 ? 8 : 11;
    window.checkDistance(this.#rep0 + 1);
    this.#left = length + 2;
  }

  /** The length less two. */
  #decodeLength(probs: number, position: number): number {
    const trees = probs + 2;
    if (this.#decodeBit(probs) === 0) return this.#decodeTree(trees + position * 8, 3);
    if (this.#decodeBit(probs + 1) === 0) {
      return 8 + this.#decodeTree(trees + (mostPositions + position) * 8, 3);
    }
    return 16 + this.#decodeTree(trees + 2 * mostPositions * 8, 8);
  }

  /** The distance less one; all ones are the mark of the end. */
  #decodeDistance(lengthState: number): number {
    const slot = this.#decodeTree(slots + lengthState * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return high + this.#decodeReverse(distances + high - slot, bits);
    const middle = this.#decodeDirect(bits - 4) * 16;
    return high + middle + this.#decodeReverse(aligns, 4);
  }

  #decodeTree(probs: number, bits: number): number {
    let symbol = 1;
    for (let left = bits; left > 0; left--)
      symbol = (symbol << 1) | this.#decodeBit(probs + symbol);
    return symbol - (1 << bits);
  }

  #decodeReverse(probs: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const bit = this.#decodeBit(probs + node);
      node = (node << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  /** Bits that are as likely as not. */
  #decodeDirect(bits: number): number {
    const coder = this.#coder;
    let value = 0;
    for (let left = bits; left > 0; left--) {
      const half = (coder[range] as number) >>> 1;
      const bit = (coder[code] as number) >= half ? 1 : 0;
      coder[range] = half;
      if (bit === 1) coder[code] = (coder[code] as number) - half;
      value = value * 2 + bit;
      if (half < leastRange) this.#normalize();
    }
    return value;
  }

  #decodeBit(at: number): number {
    const coder = this.#coder;
    const probs = this.#probs;
    const prob = probs[at] as number;
    const bound = ((coder[range] as number) >>> 11) * prob;
    let bit: number;
    if ((coder[code] as number) < bound) {
      coder[range] = bound;
      probs[at] = prob + ((2_048 - prob) >> 5);
      bit = 0;
    } else {
      coder[range] = (coder[range] as number) - bound;
      coder[code] = (coder[code] as number) - bound;
      probs[at] = prob - (prob >> 5);
      bit = 1;
    }
    if ((coder[range] as number) < leastRange) this.#normalize();
    return bit;
  }

  #normalize(): void {
    const coder = this.#coder;
    coder[range] = (coder[range] as number) << 8;
    coder[code] = ((coder[code] as number) << 8) | (this.#input[this.#at++] ?? 0);
  }
}
