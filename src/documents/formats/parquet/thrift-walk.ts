const mostDepth = 16;
const mostFields = 64;

/** Whole numbers and truth values (1, 0) of a struct and of those in it, by their way of field numbers: `5.1`. */
export type ThriftNumbers = Map<string, number>;

/**
 * Walks a struct of Thrift's compact protocol (thrift-compact-protocol.md) from `at` on, so that
 * the library can be given it: all that it claims to hold is there, and nothing is too deep.
 *
 * @returns where it ends.
 * @throws {RangeError} when it is broken.
 */
export function walkThrift(bytes: Uint8Array, at: number, numbers?: ThriftNumbers): number {
  return new ThriftWalk(bytes, at, numbers).walkStruct(0, '');
}

class ThriftWalk {
  readonly #bytes: Uint8Array;
  readonly #numbers: ThriftNumbers | undefined;
  #at: number;

  constructor(bytes: Uint8Array, at: number, numbers: ThriftNumbers | undefined) {
    this.#bytes = bytes;
    this.#at = at;
    this.#numbers = numbers;
  }

  walkStruct(depth: number, way: string): number {
    if (depth > mostDepth) throw new RangeError('too deep');
    for (let field = 0; ; ) {
      const byte = this.#readByte();
      const type = byte & 0x0f;
      if (type === 0) return this.#at;
      field = byte >> 4 === 0 ? Number(this.#readZigZag()) : field + (byte >> 4);
      this.#walkValue(type, depth, `${way}${field}`);
    }
  }

  #walkValue(type: number, depth: number, way: string): void {
    if (type === 1 || type === 2) this.#keep(way, type === 1 ? 1 : 0);
    else if (type === 3) this.#skip(1);
    else if (type === 4 || type === 5 || type === 6) this.#keep(way, Number(this.#readZigZag()));
    else if (type === 7) this.#skip(8);
    else if (type === 8) this.#skip(Number(this.#readVarInt()));
    else if (type === 9) this.#walkList(depth, way);
    else if (type === 12) this.walkStruct(depth + 1, `${way}.`);
    else throw new RangeError('unknown type');
  }

  #walkList(depth: number, way: string): void {
    if (depth > mostDepth) throw new RangeError('too deep');
    const byte = this.#readByte();
    const type = byte & 0x0f;
    const size = byte >> 4 === 15 ? Number(this.#readVarInt()) : byte >> 4;
    if (size > this.#bytes.length - this.#at) throw new RangeError('list too long');
    for (let index = 0; index < size; index++) {
      // Truth values take a byte each in a list.
      this.#walkValue(type === 1 || type === 2 ? 3 : type, depth + 1, way);
    }
  }

  #keep(way: string, value: number): void {
    const numbers = this.#numbers;
    if (numbers !== undefined && numbers.size < mostFields) numbers.set(way, value);
  }

  #skip(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#bytes.length) throw new RangeError('ends early');
  }

  #readByte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new RangeError('ends early');
    this.#at += 1;
    return byte;
  }

  #readVarInt(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#readByte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('number too long');
  }

  #readZigZag(): bigint {
    const value = this.#readVarInt();
    return (value >> 1n) ^ -(value & 1n);
  }
}
