import { hashWord } from '../capitalised-words.ts';

const encoder = new TextEncoder();

/** Bits by word, whatever its case and diacritics: a word of a text need not become a string. */
export class WordTable {
  #hashes = new Int32Array(64);
  #bits = new Int32Array(64);
  #count = 0;

  /** Gives a word more bits; they must not be 0. */
  add(word: string, bits: number): void {
    const hash = hashOf(word);
    this.set(hash, this.get(hash) | bits);
  }

  /** Gives the bits of the word at `start`–`end`, 0 when it is not listed. */
  bitsOf(bytes: Uint8Array, start: number, end: number): number {
    return this.get(hashWord(bytes, start, end));
  }

  /** Gives the bits of the word with a hash (`hashWord`), 0 when it is not listed. */
  get(hash: number): number {
    return this.#bits[this.#slotOf(hash)] as number;
  }

  /** Sets the bits of the word with a hash; 0 takes it off the list. */
  set(hash: number, bits: number): void {
    const slot = this.#slotOf(hash);
    if (this.#hashes[slot] !== hash) this.#count++;
    this.#hashes[slot] = hash;
    this.#bits[slot] = bits;
    if (this.#count * 3 > this.#bits.length) this.#grow();
  }

  /** The place of a hash, or the free one where it belongs. */
  #slotOf(hash: number): number {
    const hashes = this.#hashes;
    const mask = hashes.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (hashes[slot] !== hash && hashes[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const bits = this.#bits;
    this.#hashes = new Int32Array(hashes.length * 2);
    this.#bits = new Int32Array(hashes.length * 2);
    this.#count = 0;
    for (const [slot, hash] of hashes.entries()) {
      if (hash !== 0) this.set(hash, bits[slot] as number);
    }
  }
}

/** The hash of a word of a list, as `hashWord` gives it for one of a text. */
export function hashOf(word: string): number {
  const bytes = encoder.encode(word);
  return hashWord(bytes, 0, bytes.length);
}
