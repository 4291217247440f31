import type { Term, TermIndex } from '../term-index.ts';

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
