/**
 * Sets of Unicode code points: sorted, disjoint ranges, flat as `[low, high, low, high, …]`, both
 * ends included.
 */
export type CharSet = readonly number[];

const lastCodePoint = 0x10_ffff;
/** Sets larger than this have both cases of their letters already, as `\p{L}` does. */
const maxFoldedCodePoints = 6_000;

/** Sorts ranges and joins those that touch. */
export function toCharSet(ranges: readonly (readonly [low: number, high: number])[]): CharSet {
  const flat: number[] = [];
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = flat.length - 1;
    if (last > 0 && low <= (flat[last] as number) + 1) {
      flat[last] = Math.max(flat[last] as number, high);
    } else {
      flat.push(low, high);
    }
  }
  return flat;
}

export function joinCharSets(sets: readonly CharSet[]): CharSet {
  return toCharSet(sets.flatMap(toRanges));
}

export function invertCharSet(set: CharSet): CharSet {
  const flat: number[] = [];
  let from = 0;
  for (const [low, high] of toRanges(set)) {
    if (low > from) flat.push(from, low - 1);
    from = high + 1;
  }
  if (from <= lastCodePoint) flat.push(from, lastCodePoint);
  return flat;
}

export function toRanges(set: CharSet): [low: number, high: number][] {
  const ranges: [number, number][] = [];
  for (let n = 0; n < set.length; n += 2) ranges.push([set[n] as number, set[n + 1] as number]);
  return ranges;
}

/** Adds the other case of each letter, where that is one character. */
export function foldCharSet(set: CharSet): CharSet {
  const ranges = toRanges(set);
  const size = ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0);
  if (size > maxFoldedCodePoints) return set;
  const folded = [...ranges];
  for (const [low, high] of ranges) {
    for (let code = low; code <= high; code++) {
      const char = String.fromCodePoint(code);
      for (const other of [char.toLowerCase(), char.toUpperCase()]) {
        const otherCode = other.codePointAt(0) as number;
        if (other.length === (otherCode > 0xffff ? 2 : 1)) folded.push([otherCode, otherCode]);
      }
    }
  }
  return toCharSet(folded);
}

const known = new Map<string, CharSet>();

/**
 * Gives the code points with a Unicode property, by its name as in `\p{…}` of ECMAScript, from the
 * tables of the runtime; undefined when there is no such property.
 */
export function findUnicodeSet(name: string): CharSet | undefined {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (!/^\w+(=\w+)?$/.test(name)) return undefined;
  let runs: RegExp;
  try {
    runs = new RegExp(`\\p{${name}}+`, 'gu');
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (const { text, first, units } of blocks()) {
    for (const run of text.matchAll(runs)) {
      const low = first + run.index / units;
      ranges.push([low, low + run[0].length / units - 1]);
    }
  }
  const set = toCharSet(ranges);
  known.set(name, set);
  return set;
}

/** All code points but the surrogates, in texts in which a place tells the code point. */
function* blocks(): Generator<{ text: string; first: number; units: 1 | 2 }> {
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  for (const [low, high] of [
    [0, 0xd7ff],
    [0xe000, 0xffff],
  ] as const) {
    const units = Uint16Array.from({ length: high - low + 1 }, (_, n) => low + n);
    yield { text: decoder.decode(units), first: low, units: 1 };
  }
  for (let first = 0x1_0000; first <= lastCodePoint; first += 0x1_0000) {
    const units = new Uint16Array(0x2_0000);
    for (let n = 0; n < units.length; n += 2) {
      const beyond = first - 0x1_0000 + n / 2;
      units[n] = 0xd800 | (beyond >> 10);
      units[n + 1] = 0xdc00 | (beyond & 0x3ff);
    }
    yield { text: decoder.decode(units), first, units: 2 };
  }
}
