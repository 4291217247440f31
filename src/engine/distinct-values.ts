import { hash } from 'node:crypto';
import { confidenceSteps } from './scan-tallies.ts';

/** Beyond this many distinct values a type, further ones are no longer told apart or counted. */
export const maxDistinctValues = 65_536;

const initialSlots = 8;
const sipKeyLabel = new TextEncoder().encode('distinct-values\0');

/**
 * Counts distinct values in bounded memory: at most 1.5 MB a type. A value is kept as the first 53
 * bits of HalfSipHash-2-4 (Aumasson and Bernstein, SipHash reference code) of its UTF-16 code
 * units under a key derived from the installation's, so nobody can craft values that collide, and
 * a file with millions of values does not pay for an HMAC each. The full set stays exact up to
 * `maxDistinctValues`; what comes after that changes nothing any more.
 */
export class DistinctValues {
  readonly #key: SipKey;
  #slots = new Float64Array(initialSlots);
  /** In thousandths, so that sums are exact. */
  #confidences = new Uint16Array(initialSlots);
  #size = 0;

  constructor(key: SipKey) {
    this.#key = key;
  }

  /** How many distinct values were added, at most `maxDistinctValues`. */
  get size(): number {
    return this.#size;
  }

  /** By step of confidence: values whose highest is there, and the sum of those in thousandths. */
  bySteps(): { distinct: Uint32Array; thousandths: Float64Array } {
    const distinct = new Uint32Array(confidenceSteps);
    const thousandths = new Float64Array(confidenceSteps);
    for (let n = 0; n < this.#slots.length; n++) {
      if (this.#slots[n] === 0) continue;
      const confidence = this.#confidences[n] as number;
      const step = Math.floor(confidence / 10);
      distinct[step] = (distinct[step] as number) + 1;
      thousandths[step] = (thousandths[step] as number) + confidence;
    }
    return { distinct, thousandths };
  }

  add(normalisedValue: string, confidence: number): void {
    if (this.#size === maxDistinctValues) return;
    const hash = sipHash53(this.#key, normalisedValue);
    const slot = this.#slotOf(hash);
    const known = this.#slots[slot] !== 0;
    if (!known) {
      this.#slots[slot] = hash;
      this.#size++;
    }
    const before = this.#confidences[slot] as number;
    const after = Math.round(confidence * 1_000);
    if (after > before) this.#confidences[slot] = after;
    if (!known && this.#size * 2 > this.#slots.length) this.#grow();
  }

  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const hashes = this.#slots;
    const confidences = this.#confidences;
    this.#slots = new Float64Array(hashes.length * 2);
    this.#confidences = new Uint16Array(hashes.length * 2);
    for (let n = 0; n < hashes.length; n++) {
      const hash = hashes[n] as number;
      if (hash === 0) continue;
      const slot = this.#slotOf(hash);
      this.#slots[slot] = hash;
      this.#confidences[slot] = confidences[n] as number;
    }
  }
}

/** The two 32-bit halves of a HalfSipHash key. */
export interface SipKey {
  k0: number;
  k1: number;
}

/** Derives the key for counting from the installation's fingerprint key. */
export function deriveSipKey(fingerprintKey: Uint8Array): SipKey {
  const digest = hash('sha256', Buffer.concat([sipKeyLabel, fingerprintKey]), 'buffer');
  return { k0: digest.readUInt32LE(0), k1: digest.readUInt32LE(4) };
}

/** HalfSipHash-2-4 with 64-bit output of a string's UTF-16LE bytes, cut to 53 bits, never 0. */
export function sipHash53({ k0, k1 }: SipKey, text: string): number {
  let v0 = k0 | 0;
  let v1 = k1 ^ 0xee;
  let v2 = 0x6c79_6765 ^ k0;
  let v3 = 0x7465_6462 ^ k1;
  let first = 0;
  const words = (text.length >> 1) + 1;
  // After the words come the two steps that finish the first and the second half.
  for (let step = 0; step < words + 2; step++) {
    let word = 0;
    if (step < words - 1) {
      word = text.charCodeAt(step * 2) | (text.charCodeAt(step * 2 + 1) << 16);
    } else if (step === words - 1) {
      word = ((text.length * 2) & 0xff) << 24;
      if (text.length & 1) word |= text.charCodeAt(text.length - 1);
    } else if (step === words) {
      v2 ^= 0xee;
    } else {
      first = v1 ^ v3;
      v1 ^= 0xdd;
    }
    v3 ^= word;
    for (let round = step < words ? 2 : 4; round > 0; round--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
  }
  const second = v1 ^ v3;
  return (second >>> 11) * 0x1_0000_0000 + (first >>> 0) || 1;
}
