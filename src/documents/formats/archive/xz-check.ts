import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** CRC-64 of ECMA-182, reflected, in two halves of 32 bits. */
const lowTable = new Uint32Array(256);
const highTable = new Uint32Array(256);

for (let byte = 0; byte < 256; byte++) {
  let low = byte;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = (low & 1) === 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (isOdd) {
      low ^= 0xd7870f42;
      high ^= 0xc96c5795;
    }
  }
  lowTable[byte] = low;
  highTable[byte] = high;
}

/** Adds up what an XZ block is checked by. */
export interface XzCheck {
  update(bytes: Uint8Array): void;
  /** As it stands in the file; empty when there is none, or none that is known. */
  digest(): Uint8Array;
}

/** A check by its type (The .xz File Format 1.2.1, 2.1.1.2). */
export function createXzCheck(type: number): XzCheck {
  if (type === 1) return new Crc32Check();
  if (type === 4) return new Crc64Check();
  if (type === 10) return new Sha256Check();
  return { update: () => undefined, digest: () => new Uint8Array(0) };
}

/** How many bytes a check has, whether it is known or not. */
export function xzCheckBytes(type: number): number {
  return type === 0 ? 0 : 4 * 2 ** Math.floor((type - 1) / 3);
}

class Crc32Check implements XzCheck {
  #crc = 0;

  update(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
  }

  digest(): Uint8Array {
    return littleEndian(this.#crc);
  }
}

class Sha256Check implements XzCheck {
  readonly #hash = createHash('sha256');

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  digest(): Uint8Array {
    return this.#hash.digest();
  }
}

class Crc64Check implements XzCheck {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (let at = 0; at < bytes.length; at++) {
      const entry = (low ^ (bytes[at] as number)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lowTable[entry] as number);
      high = (high >>> 8) ^ (highTable[entry] as number);
    }
    this.#low = low;
    this.#high = high;
  }

  digest(): Uint8Array {
    return littleEndian(~this.#low, ~this.#high);
  }
}

function littleEndian(...numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, at) => {
    view.setUint32(at * 4, number, true);
  });
  return new Uint8Array(view.buffer);
}
