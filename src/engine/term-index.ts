import { isAsciiLetter, isDigit, isLower, isUpper } from './byte-classes.ts';

/** A word or phrase to be recognised; `id` is its place in the list it came from. */
export interface Term {
  readonly id: number;
  /** UTF-8, ASCII letters in lower case; a space matches blanks, hyphens and underscores. */
  readonly pattern: Uint8Array;
}

const maxSeparators = 3;
const encoder = new TextEncoder();
const isAscii = /^[\0-\x7f]*$/;

/**
 * Recognises many words at once: the low five bits of the first four bytes, which are the same for
 * both cases of a letter, choose a short list of terms to compare. Most words of a text choose the
 * empty list, number 0, and cost one look-up.
 */
export class TermIndex {
  readonly lists: (readonly Term[])[] = [[]];
  /** A bit for each key that has a bucket: small enough to stay in the processor's first cache. */
  readonly keys = new Int32Array(1_024);
  /** Bucket by the 15-bit key of three bytes; bucket 0 is the empty one. */
  readonly buckets = new Uint16Array(32_768);
  /** Number of the list by bucket and the low five bits of the fourth byte. */
  readonly fourths: Uint16Array;

  constructor(terms: readonly string[]) {
    const byKey = new Map<number, Term[]>();
    terms.forEach((term, id) => {
      for (const spelling of spellings(term)) addTerm(byKey, { id, pattern: spelling });
    });
    this.fourths = new Uint16Array((byKey.size + 1) * 32);
    let bucket = 0;
    for (const [key, list] of byKey) {
      list.sort((a, b) => b.pattern.length - a.pattern.length || a.id - b.id);
      this.buckets[key] = ++bucket;
      this.keys[key >>> 5] = (this.keys[key >>> 5] as number) | (1 << (key & 31));
      this.#addBucket(bucket, list);
    }
  }

  /** Gives the number of the list of terms that may start with these four bytes. */
  listOf(first: number, second: number, third: number, fourth: number): number {
    const key = termKey(first, second, third);
    if ((((this.keys[key >>> 5] as number) >>> (key & 31)) & 1) === 0) return 0;
    return this.fourths[(this.buckets[key] as number) * 32 + (fourth & 31)] as number;
  }

  #addBucket(bucket: number, terms: readonly Term[]): void {
    const bits = terms.map((term) => fourthBitsOf(term.pattern));
    const numbers = new Map<string, number>();
    for (let fourth = 0; fourth < 32; fourth++) {
      let key = '';
      for (let n = 0; n < terms.length; n++) {
        if ((((bits[n] as number) >>> fourth) & 1) === 1) key += `${n},`;
      }
      if (key === '') continue;
      const number = numbers.get(key) ?? this.lists.length;
      if (number === this.lists.length) {
        this.lists.push(terms.filter((_, n) => (((bits[n] as number) >>> fourth) & 1) === 1));
      }
      numbers.set(key, number);
      this.fourths[bucket * 32 + fourth] = number;
    }
  }
}

/** The key of the three bytes a word starts with: 15 bits, the same for both cases of a letter. */
export function termKey(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/** Gives the index after a term that starts at `at`, or -1; it reads no further than `end`. */
export function matchTerm(term: Term, bytes: Uint8Array, at: number, end: number): number {
  const { pattern } = term;
  let i = at;
  for (let p = 0; p < pattern.length; p++) {
    const wanted = pattern[p] as number;
    if (wanted === 0x20) {
      const after = skipSeparators(bytes, i, end);
      if (after === i && !startsHump(bytes, i, end)) return -1;
      i = after;
      continue;
    }
    if (i >= end) return -1;
    let byte = bytes[i] as number;
    if (isUpper(byte)) byte |= 0x20;
    if (byte !== wanted) return -1;
    i++;
  }
  return i;
}

/**
 * Tells whether the word from `start` to `at` ends there: no letter follows, or a new hump. A digit
 * may follow, as in `email2`, but not two letters, as in `cc0`.
 */
export function endsWord(bytes: Uint8Array, start: number, at: number, end: number): boolean {
  if (at >= end) return true;
  const next = bytes[at] as number;
  if (isDigit(next)) return at - start > 2;
  if (next < 0x80 && !isAsciiLetter(next)) return true;
  if (next === 0xc2 || next === 0xe2 || next === 0xe3 || next === 0xef) return true;
  return startsHump(bytes, at, end);
}

/** Tells whether a new word of a camel-case name starts at `at`, as in `cardNumber`. */
function startsHump(bytes: Uint8Array, at: number, end: number): boolean {
  return at > 0 && at < end && isUpper(bytes[at] as number) && isLower(bytes[at - 1] as number);
}

function skipSeparators(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  for (let n = 0; n < maxSeparators && i < end; n++) {
    const byte = bytes[i] as number;
    if (byte === 0x20 || byte === 0x09 || byte === 0x2d || byte === 0x5f) i++;
    else if (byte === 0xc2 && bytes[i + 1] === 0xa0) i += 2;
    else break;
  }
  return i;
}

function fourthBitsOf(pattern: Uint8Array): number {
  const [first = 0x20, second = 0x20, third = 0x20, fourth = 0x20] = pattern;
  const isOpen = first === 0x20 || second === 0x20 || third === 0x20 || fourth === 0x20;
  if (!isOpen) return 1 << (fourth & 31);
  // Several bytes may stand for a space, and nothing is known of what follows a short term.
  if (fourth !== 0x20 || pattern.length < 5) return -1;
  const next = pattern[4] as number;
  return [0x20, 0x09, 0x2d, 0x5f, 0xc2, next].reduce((bits, byte) => bits | (1 << (byte & 31)), 0);
}

function addTerm(byKey: Map<number, Term[]>, term: Term): void {
  const keys = new Set<number>();
  const [first = 0, second = 0x20, third = 0x20] = term.pattern;
  const open = (byte: number): number[] =>
    byte === 0x20 ? Array.from({ length: 32 }, (_, n) => n) : [byte];
  for (const b of open(second)) {
    for (const c of second === 0x20 ? open(0x20) : open(third)) {
      keys.add(((first & 31) << 10) | ((b & 31) << 5) | (c & 31));
    }
  }
  for (const key of keys) {
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [term]);
    else list.push(term);
  }
}

/** Lower, upper and title case (for letters beyond ASCII), and without diacritics. */
function spellings(term: string): Uint8Array[] {
  const lower = term.toLowerCase();
  if (isAscii.test(lower)) return [encoder.encode(lower)];
  const title = lower.replace(/(^| )(\S)/gu, (word) => word.toUpperCase());
  const plain = lower
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('ł', 'l');
  const unique = new Map<string, Uint8Array>();
  for (const form of [lower, lower.toUpperCase(), title, plain]) {
    const folded = form.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    unique.set(folded, encoder.encode(folded));
  }
  return [...unique.values()];
}
