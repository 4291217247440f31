import { isLetter } from '../byte-classes.ts';
import { type Term, type TermIndex, termKey } from '../term-index.ts';

const headerBytes = 16;
const keysBytes = 4_096;
const bucketsBytes = 65_536;
const prefixBytes = 8;

/**
 * Writes an index of terms the way the kernel reads it (`assembly/terms.ts`). `numberOf` gives the
 * number of 16 bits that stands for a term by its id. Throws a RangeError when one does not fit.
 */
export function writeTermTable(index: TermIndex, numberOf: (id: number) => number): Uint8Array {
  const lists = index.lists.map((list) => writeList(list, numberOf));
  const { fourths } = index;
  const fourthsAt = headerBytes + keysBytes + bucketsBytes;
  const listsAt = fourthsAt + fourths.byteLength;
  let end = listsAt + lists.length * 4;
  const places = Uint32Array.from(lists, (list) => {
    const at = end;
    end += list.length;
    return at;
  });
  const table = new Uint8Array(end);
  table.set(asBytes(Uint32Array.of(fourthsAt, listsAt)), 0);
  table.set(asBytes(index.keys), headerBytes);
  table.set(asBytes(index.buckets), headerBytes + keysBytes);
  table.set(asBytes(fourths), fourthsAt);
  table.set(asBytes(places), listsAt);
  lists.forEach((list, n) => {
    table.set(list, places[n]);
  });
  return table;
}

function writeList(terms: readonly Term[], numberOf: (id: number) => number): Uint8Array {
  const bytes = [...twoBytes(terms.length)];
  for (const { id, pattern } of terms) {
    bytes.push(...twoBytes(numberOf(id)), ...twoBytes(pattern.length));
    bytes.push(...beginningOf(pattern), ...pattern);
    if (pattern.length % 2 === 1) bytes.push(0);
  }
  return Uint8Array.from(bytes);
}

/** Bytes of the sieve by the first three bytes, then of the one by four and the number of letters. */
const beginningBytes = 4_096;
const byLengthBytes = 16_384;
const mostLetters = 15;

/**
 * Writes the sieves of an index of terms (`assembly/terms.ts`). `isBeginning` tells by id whether a
 * term may go on with more letters.
 */
export function writeTermSieve(index: TermIndex, isBeginning: (id: number) => boolean): Uint8Array {
  const sieve = new Uint8Array(beginningBytes + byLengthBytes);
  const byBeginning = new Uint32Array(sieve.buffer, 0, beginningBytes / 4);
  const byLength = new Uint32Array(sieve.buffer, beginningBytes);
  for (const { id, pattern } of new Set(index.lists.flat())) {
    const letters = lettersOf(pattern);
    const isOpen = letters === pattern.length;
    const goesOn = isOpen && isBeginning(id);
    if ((goesOn && letters < 4) || (!isOpen && letters < 3)) {
      for (const key of keysOf(pattern)) setBit(byBeginning, key);
      continue;
    }
    const most = goesOn ? mostLetters : Math.min(letters, mostLetters);
    for (let count = Math.min(letters, mostLetters); count <= most; count++) {
      setBit(byLength, hashOf(pattern, letters, count));
    }
  }
  return sieve;
}

/** Letters a pattern begins with, in bytes; a sign or a word beyond ASCII ends them. */
function lettersOf(pattern: Uint8Array): number {
  const end = pattern.findIndex((byte) => !isLetter(byte) || byte === 0xc2 || byte >= 0xe2);
  return end < 0 ? pattern.length : end;
}

function hashOf(pattern: Uint8Array, letters: number, count: number): number {
  let word = 0;
  for (let n = 0; n < Math.min(letters, 4); n++) {
    word |= ((pattern[n] as number) & 31) << (8 * n);
  }
  return Math.imul(word ^ (count << 5), 0x9e37_79b1) >>> 15;
}

/** The keys of the three bytes a pattern begins with; several bytes may stand for a space. */
function keysOf(pattern: Uint8Array): number[] {
  const [first = 0, second, third] = pattern;
  const all = Array.from({ length: 32 }, (_, n) => n);
  const mayBe = (byte: number | undefined): readonly number[] =>
    byte === undefined ? all : byte === 0x20 ? [0x20, 0x09, 0x2d, 0x5f, 0xc2] : [byte];
  const afterSecond = second === 0x20 ? all : mayBe(third);
  return mayBe(second).flatMap((b) => afterSecond.map((c) => termKey(first, b, c)));
}

function setBit(bitmap: Uint32Array, bit: number): void {
  bitmap[bit >>> 5] = (bitmap[bit >>> 5] as number) | (1 << (bit & 31));
}

/**
 * The first eight bytes of a pattern with the bit set that tells small letters from capitals, and
 * which bits a text must have the same: all up to a space, which stands for several separators.
 */
function beginningOf(pattern: Uint8Array): number[] {
  const space = pattern.indexOf(0x20);
  const known = Math.min(prefixBytes, space < 0 ? pattern.length : space);
  const bytes = Array.from({ length: prefixBytes }, (_, n) => (pattern[n] ?? 0) | 0x20);
  return [...bytes, ...bytes.map((_, n) => (n < known ? 0xff : 0))];
}

function twoBytes(number: number): [number, number] {
  if (number < 0 || number > 0xffff) throw new RangeError(`${number} does not fit into 16 bits`);
  return [number & 0xff, number >>> 8];
}

function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
