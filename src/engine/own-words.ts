import { isAsciiLetter, isContinuation, isDigit } from './byte-classes.ts';
import type { Anchors, Form, TextWindow } from './detector.ts';

/** A word list as a tree: each step is one part of a phrase. */
interface Node {
  next: Map<string, Node> | null;
  isEnd: boolean;
}

/** Shared by all phrases that no other one goes on from, which are most. */
const leaf: Node = { next: null, isEnd: true };

const maxPartBytes = 256;
/**
 * Characters of a phrase's first part that the pass over the text looks for. Of a long list only
 * few, so that the pass stays as quick as it is; then the word's hash says whether it is any.
 */
const anchorChars = { few: 8, many: 3 };
const fewWords = 64;
/** Bits of the table of hashes for each word, so that one other word in 64 passes for one. */
const tableBitsPerWord = 64;
const mostTableBits = 2 ** 24;
const maxSeparators = 3;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Scripts without blanks between words: each character is a part of its own. */
const noBlanks = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const firstPart = new RegExp(
  `^(?:[${noBlanks}]|(?:(?![${noBlanks}])[\\p{L}\\p{N}\\p{M}])+|.)`,
  'su',
);
const partOrGap = new RegExp(`[\\s_-]+|${firstPart.source.slice(1)}`, 'gsu');

/**
 * A list of words and phrases of any length, 100,000 and more: what costs is the text, not the
 * list. A phrase is found as whole words; between its words one to three blanks, hyphens or
 * underscores may stand.
 */
export class OwnWords {
  readonly anchors: Anchors;
  readonly #root: Node = { next: new Map(), isEnd: false };
  readonly #ignoreCase: boolean;
  /** A bit for the hash of each first part of ASCII characters. */
  readonly #hashes: Uint32Array;

  constructor(words: readonly string[], ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase;
    const starts = new Set<string>();
    const bits = 2 ** Math.ceil(Math.log2(Math.max(1, words.length) * tableBitsPerWord));
    this.#hashes = new Uint32Array(Math.min(mostTableBits, bits) / 32);
    const chars = words.length > fewWords ? anchorChars.many : anchorChars.few;
    for (const word of words) {
      const parts = this.#partsOf(word);
      const [first] = parts;
      if (first === undefined) continue;
      starts.add([...first].slice(0, chars).join(''));
      this.#noteHash(hashOf(Buffer.from(first), 0, first.length));
      this.#insert(parts);
    }
    this.anchors = anchorsOf(starts, chars);
  }

  /** Gives the index after the longest word or phrase that starts at `start`; -1 for none. */
  findEnd(window: TextWindow, start: number): number {
    if (continuesWord(window, start) || !this.#mayBeFirst(window, start)) return -1;
    let node: Node | undefined = this.#root;
    let found = -1;
    let at = start;
    let gap = '';
    for (;;) {
      const end = partEnd(window, at);
      if (end === at) return found;
      const part = this.#fold(decoder.decode(window.bytes.subarray(at, end)));
      node = node.next?.get(gap + part);
      if (node === undefined) return found;
      if (node.isEnd) found = end;
      if (node.next === null) return found;
      at = skipGap(window, end);
      gap = at > end ? ' ' : '';
    }
  }

  #insert(parts: readonly string[]): void {
    let node = this.#root;
    parts.forEach((part, n) => {
      node.next ??= new Map();
      const known = node.next.get(part);
      const isLast = n === parts.length - 1;
      if (isLast && known === undefined) {
        node.next.set(part, leaf);
      } else if (isLast && known !== undefined) {
        known.isEnd = true;
      } else {
        const next =
          known === undefined || known === leaf ? { ...leaf, isEnd: known === leaf } : known;
        node.next.set(part, next);
        node = next;
      }
    });
  }

  /** Tells most other words without making a string of them. */
  #mayBeFirst({ bytes, end }: TextWindow, start: number): boolean {
    const limit = Math.min(end, start + maxPartBytes);
    let i = start;
    while (i < limit && isAsciiWord(bytes[i] as number)) i++;
    if (i === start || (i < limit && (bytes[i] as number) >= 0x80)) return true;
    const hash = hashOf(bytes, start, i);
    const slot = (hash >>> 5) & (this.#hashes.length - 1);
    return ((this.#hashes[slot] as number) & (1 << (hash & 31))) !== 0;
  }

  #noteHash(hash: number): void {
    const slot = (hash >>> 5) & (this.#hashes.length - 1);
    this.#hashes[slot] = (this.#hashes[slot] as number) | (1 << (hash & 31));
  }

  #partsOf(word: string): string[] {
    const parts: string[] = [];
    let gap = '';
    for (const [text] of word.trim().matchAll(partOrGap)) {
      if (/^[\s_-]+$/.test(text)) {
        gap = ' ';
        continue;
      }
      parts.push((parts.length === 0 ? '' : gap) + this.#fold(text));
      gap = '';
    }
    return parts;
  }

  #fold(text: string): string {
    const composed = text.normalize('NFC');
    return this.#ignoreCase ? composed.toLowerCase() : composed;
  }
}

function anchorsOf(starts: ReadonlySet<string>, chars: number): Anchors {
  const words = new Set<string>();
  const signs = new Set<string>();
  const forms: Form[] = [];
  for (const start of starts) {
    const digits = /^\d+/.exec(start)?.[0].length ?? 0;
    if (digits > 0) {
      // A longer run may have been cut off.
      const max = digits === chars ? 63 : digits;
      const form = digits === max ? `9{${digits}}` : `9{${digits},${max}}`;
      if (forms.every((known) => known.form !== form)) {
        forms.push({ form, isStart: true, behind: 'any' });
      }
    } else if (/^[\0-\x7f]/.test(start) && !/^[A-Za-z]/.test(start)) {
      signs.add(start.charAt(0));
    } else {
      words.add(start).add(start.normalize('NFD'));
    }
  }
  return {
    ...(words.size > 0 ? { words: [...words] } : {}),
    ...(signs.size > 0 ? { signs: [...signs].map((sign) => ({ sign })) } : {}),
    ...(forms.length > 0 ? { forms } : {}),
  };
}

/** FNV-1a of the bytes with letters in lower case, which both cases of a word share. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c_9dc5;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    hash = Math.imul(hash ^ (isAsciiLetter(byte) ? byte | 0x20 : byte), 0x0100_0193);
  }
  return hash ^ (hash >>> 15);
}

function isAsciiWord(byte: number): boolean {
  return isAsciiLetter(byte) || isDigit(byte);
}

/** Whether a letter or digit before `start` makes it the middle of a word. */
function continuesWord(window: TextWindow, start: number): boolean {
  const { bytes } = window;
  if (start <= window.start) return false;
  const first = bytes[start] as number;
  const before = bytes[start - 1] as number;
  const isWord = isAsciiLetter(first) || isDigit(first) || first >= 0x80;
  if (!isWord) return false;
  if (before < 0x80) return isAsciiLetter(before) || isDigit(before);
  let from = start - 1;
  while (from > window.start && start - from < 4 && isContinuation(bytes[from] as number)) from--;
  const pair = decoder.decode(bytes.subarray(from, partEnd(window, start)));
  const before1 = String.fromCodePoint(pair.codePointAt(0) ?? 0);
  return /[\p{L}\p{N}\p{M}]/u.test(before1) && firstPart.exec(pair)?.[0] !== before1;
}

/** The index after the letters and digits at `at`, or after the one character there. */
function partEnd(window: TextWindow, at: number): number {
  const { bytes } = window;
  const limit = Math.min(window.end, at + maxPartBytes);
  let i = at;
  let isAscii = true;
  for (; i < limit; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) isAscii = false;
    else if (!isAsciiLetter(byte) && !isDigit(byte)) break;
  }
  if (i === at) return Math.min(at + 1, window.end);
  if (isAscii) return i;
  const part = firstPart.exec(decoder.decode(bytes.subarray(at, i)))?.[0] ?? '';
  return at + Buffer.byteLength(part);
}

function skipGap(window: TextWindow, from: number): number {
  const { bytes, end } = window;
  let i = from;
  for (let n = 0; n < maxSeparators && i < end; n++) {
    const byte = bytes[i] as number;
    if (byte === 0x20 || byte === 0x09 || byte === 0x2d || byte === 0x5f) i++;
    else if (byte === 0x0a && n === 0) i++;
    else if (byte === 0xc2 && bytes[i + 1] === 0xa0) i += 2;
    else break;
  }
  return i;
}
