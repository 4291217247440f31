import { UnreadableError } from '../../reader.ts';
import type { BitBuffer } from './bit-buffer.ts';
import { mostCodeBits, PrefixCode } from './prefix-code.ts';

/** No block takes more bytes: 900,001 symbols of 20 bits, 18,002 selectors, six tables. */
export const mostBlockBytes = 2_400_000;

const chunkBytes = 65_536;
const symbolsPerSelector = 50;
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/**
 * Expands blocks of BZIP2: what Julian Seward's bzip2 1.0 writes, which is all the specification
 * there is. Undoes, in this order, prefix codes, runs of zeros, move to front, the Burrows-Wheeler
 * transform and runs of bytes.
 */
export class Bzip2Block {
  readonly #input: BitBuffer;
  /** Bytes of the block in the last eight bits, links of the transform above. */
  readonly #links: Uint32Array;

  constructor(input: BitBuffer, blockBytes: number) {
    this.#input = input;
    this.#links = new Uint32Array(blockBytes);
  }

  /**
   * Expands the block that comes next, behind its mark and CRC.
   *
   * @throws {UnreadableError} `corrupt`, at the end also for a wrong CRC.
   */
  *expand(toldCrc: number): Generator<Uint8Array> {
    const input = this.#input;
    if (input.read(1) === 1) throw new UnreadableError('unsupported:bzip2-randomised');
    const origin = input.read(24);
    const length = this.#readSymbols(this.#readUsedBytes());
    // The buffer gives zeros behind its end.
    if (input.at - (input.held >> 3) > input.bytes.length || origin >= length) {
      throw new UnreadableError('corrupt');
    }
    this.#link(length);
    const crc = yield* this.#unrun(origin, length);
    if (crc !== toldCrc) throw new UnreadableError('corrupt');
  }

  #readUsedBytes(): Uint8Array {
    const input = this.#input;
    const groups = input.read(16);
    const used: number[] = [];
    for (let group = 0; group < 16; group++) {
      if (((groups >> (15 - group)) & 1) === 0) continue;
      const members = input.read(16);
      for (let member = 0; member < 16; member++) {
        if ((members >> (15 - member)) & 1) used.push(group * 16 + member);
      }
    }
    return Uint8Array.from(used);
  }

  /** Reads the block's bytes, in the order of the transform, and gives their number. */
  #readSymbols(used: Uint8Array): number {
    const input = this.#input;
    const links = this.#links;
    const codeCount = input.read(3);
    const selectorCount = input.read(15);
    if (codeCount < 2 || codeCount > 6) throw new UnreadableError('corrupt');
    const selectors = this.#readSelectors(codeCount, selectorCount);
    const codes = Array.from({ length: codeCount }, () => this.#readCode(used.length + 2));
    const order = Uint8Array.from(used);
    const endSymbol = used.length + 1;
    let length = 0;
    let run = 0;
    let runBit = 1;
    for (const selector of selectors) {
      const code = codes[selector] as PrefixCode;
      for (let left = symbolsPerSelector; left > 0; left--) {
        const symbol = code.read(input);
        if (symbol <= 1) {
          if (runBit > links.length) throw new UnreadableError('corrupt');
          run += runBit << symbol;
          runBit <<= 1;
          continue;
        }
        if (run > 0) {
          if (run > links.length - length) throw new UnreadableError('corrupt');
          links.fill(order[0] as number, length, length + run);
          length += run;
          run = 0;
          runBit = 1;
        }
        if (symbol === endSymbol) return length;
        if (length >= links.length) throw new UnreadableError('corrupt');
        const place = symbol - 1;
        const byte = order[place] as number;
        order.copyWithin(1, 0, place);
        order[0] = byte;
        links[length++] = byte;
      }
    }
    throw new UnreadableError('corrupt');
  }

  #readSelectors(codeCount: number, count: number): Uint8Array {
    const selectors = new Uint8Array(count);
    const order = [...Array(codeCount).keys()];
    for (let at = 0; at < count; at++) {
      let place = 0;
      while (this.#input.read(1) === 1) place++;
      const [selector] = order.splice(place, 1);
      if (selector === undefined) throw new UnreadableError('corrupt');
      order.unshift(selector);
      selectors[at] = selector;
    }
    return selectors;
  }

  #readCode(symbols: number): PrefixCode {
    const lengths = new Uint8Array(symbols);
    let length = this.#input.read(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      while (this.#input.read(1) === 1) length += this.#input.read(1) === 0 ? 1 : -1;
      if (length < 1 || length > mostCodeBits) throw new UnreadableError('corrupt');
      lengths[symbol] = length;
    }
    return new PrefixCode(lengths);
  }

  #link(length: number): void {
    const links = this.#links;
    const starts = new Uint32Array(257);
    for (let at = 0; at < length; at++) {
      const next = (links[at] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let byte = 1; byte < 257; byte++) {
      starts[byte] = (starts[byte] as number) + (starts[byte - 1] as number);
    }
    for (let at = 0; at < length; at++) {
      const byte = (links[at] as number) & 0xff;
      const place = starts[byte] as number;
      starts[byte] = place + 1;
      links[place] = (links[place] as number) | (at << 8);
    }
  }

  /** Follows the links; after four equal bytes, one tells how often the byte comes again. */
  *#unrun(origin: number, length: number): Generator<Uint8Array, number> {
    const links = this.#links;
    let link = links[origin] as number;
    let chunk = new Uint8Array(chunkBytes);
    let filled = 0;
    let crc = -1;
    let previous = -1;
    let equal = 0;
    for (let left = length; left > 0; left--) {
      link = links[link >>> 8] as number;
      let byte = link & 0xff;
      let times = 1;
      if (equal === 4) {
        times = byte;
        byte = previous;
        equal = 0;
      } else if (byte === previous) {
        equal++;
      } else {
        previous = byte;
        equal = 1;
      }
      for (; times > 0; times--) {
        chunk[filled++] = byte;
        crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] as number);
        if (filled < chunkBytes) continue;
        yield chunk;
        chunk = new Uint8Array(chunkBytes);
        filled = 0;
      }
    }
    if (filled > 0) yield chunk.subarray(0, filled);
    return ~crc >>> 0;
  }
}
