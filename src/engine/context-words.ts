import { isAsciiLetter, isContinuation, isLower, isUpper } from './byte-classes.ts';
import type { ContextTerms } from './context-terms.ts';
import type { TextWindow } from './detector.ts';
import { endsWord, matchTerm, type Term, type TermIndex } from './term-index.ts';

/** How far a word counts, in characters. */
export const contextBeforeChars = 300;
export const contextAfterChars = 30;

/** More words than fit into the text one value is judged by. */
const ringSize = 2_048;
const ringMask = ringSize - 1;
/** Room to start early, for a value a little before the last one. */
const slackBytes = 128;

/** The context words near a value, nearest first on either side; the first `count` count. */
export interface NearbyWords {
  count: number;
  readonly words: number[];
  /** In characters, after the value as `-1 - distance`. */
  readonly distances: number[];
}

/**
 * Remembers the context words of the text around candidates. Words are looked for only where a
 * candidate asks, and each stretch of text is read once however many candidates share it, so the
 * cost stays linear. Positions are bytes of the whole text.
 */
export class ContextWordsNearby {
  readonly #terms: ContextTerms;
  readonly #starts = new Float64Array(ringSize);
  readonly #ends = new Float64Array(ringSize);
  readonly #words = new Uint32Array(ringSize);
  #count = 0;
  #readFrom = 0;
  #readTo = 0;
  #lastNonAscii = -1;
  /** By position of the detector: where the last word that supports it starts. */
  readonly #lastSupport: Float64Array;
  /** The words around the value last asked for, as many detectors ask for the same one. */
  readonly #kept: NearbyWords = { count: 0, words: [], distances: [] };
  #keptStart = -1;
  #keptEnd = -1;
  #keptNotBefore = -1;
  /** Where the last word that supports any detector starts. */
  #lastAnySupport = -1;

  constructor(terms: ContextTerms) {
    this.#terms = terms;
    this.#lastSupport = new Float64Array(terms.effects.length).fill(-1);
  }

  /** Forgets the text read so far, for another one. */
  reset(): void {
    this.#count = 0;
    this.#readFrom = 0;
    this.#readTo = 0;
    this.#lastNonAscii = -1;
    this.#lastSupport.fill(-1);
    this.#kept.count = 0;
    this.#keptStart = -1;
    this.#keptEnd = -1;
    this.#keptNotBefore = -1;
    this.#lastAnySupport = -1;
  }

  /**
   * Reads the words that may count for a value between `start` and `end`; gives how far back they
   * reach, in bytes of the text.
   */
  readAround(window: TextWindow, start: number, end: number): number {
    return window.offset + this.#readBefore(window, start, this.#readAfter(window, start, end));
  }

  /** Tells whether a word that supports any detector starts at or after `from`, as far as read. */
  hasAnySupport(from: number): boolean {
    return this.#lastAnySupport >= from;
  }

  /** Tells whether a word that supports the detector starts at or after `from`, as far as read. */
  hasSupport(position: number, from: number): boolean {
    return (this.#lastSupport[position] as number) >= from;
  }

  /**
   * Gives the words around a value (indices of the window), none that starts before `notBefore`, up
   * to the next call.
   */
  wordsAround(
    window: TextWindow,
    { start, end }: { start: number; end: number },
    notBefore: number,
  ): NearbyWords {
    const { offset } = window;
    const isSame = offset + start === this.#keptStart && offset + end === this.#keptEnd;
    if (isSame && offset + notBefore === this.#keptNotBefore) return this.#kept;
    this.#keptStart = offset + start;
    this.#keptEnd = offset + end;
    this.#keptNotBefore = offset + notBefore;
    this.#kept.count = 0;
    this.#collect(window, start, end, notBefore);
    return this.#kept;
  }

  /** Keeps the words around a value. */
  #collect(window: TextWindow, start: number, end: number, notBefore: number): void {
    const { bytes, offset } = window;
    const to = this.#readAfter(window, start, end);
    const from = this.#readBefore(window, start, to);
    let before = start;
    let beforeChars = 0;
    let firstAfter = this.#count;
    const oldest = Math.max(0, this.#count - ringSize);
    for (let n = this.#count - 1; n >= oldest; n--) {
      const slot = n & ringMask;
      const wordStart = (this.#starts[slot] as number) - offset;
      if (wordStart < from || wordStart < notBefore) break;
      if (wordStart >= end) {
        if (wordStart < to) firstAfter = n;
        continue;
      }
      const wordEnd = (this.#ends[slot] as number) - offset;
      if (wordEnd > start) continue;
      if (wordEnd < before) {
        beforeChars += this.#charsBetween(bytes, offset, wordEnd, before);
        before = wordEnd;
      }
      this.#keep(this.#words[slot] as number, beforeChars);
    }
    for (let n = firstAfter; n < this.#count; n++) {
      const slot = n & ringMask;
      const wordStart = (this.#starts[slot] as number) - offset;
      const wordEnd = (this.#ends[slot] as number) - offset;
      if (wordStart >= to) break;
      if (wordEnd > to) continue;
      const chars = this.#charsBetween(bytes, offset, end, wordStart);
      this.#keep(this.#words[slot] as number, -1 - chars);
    }
  }

  #keep(word: number, distance: number): void {
    const kept = this.#kept;
    kept.words[kept.count] = word;
    kept.distances[kept.count++] = distance;
  }

  /** Reads what may count after `end`; gives the index before which it counts. */
  #readAfter(window: TextWindow, start: number, end: number): number {
    const to = Math.min(window.end, end + contextAfterChars);
    this.#read(window, Math.max(window.start, start - contextBeforeChars), to);
    if (this.#lastNonAscii < window.offset + end) return to;
    return charsForward(window, end, contextAfterChars);
  }

  /** Reads what may count before `start` and on to `to`; gives the index from which it counts. */
  #readBefore(window: TextWindow, start: number, to: number): number {
    const from = Math.max(window.start, start - contextBeforeChars);
    this.#read(window, from, to);
    if (this.#lastNonAscii < window.offset + from) return from;
    const further = charsBack(window, start, contextBeforeChars);
    this.#read(window, further, to);
    return further;
  }

  #charsBetween(bytes: Uint8Array, offset: number, from: number, to: number): number {
    if (this.#lastNonAscii < offset + from) return to - from;
    let chars = 0;
    for (let i = from; i < to; i++) if (!isContinuation(bytes[i] as number)) chars++;
    return chars;
  }

  #read(window: TextWindow, from: number, to: number): void {
    const { bytes, offset } = window;
    let i = Math.max(window.start, from - slackBytes);
    if (offset + from >= this.#readFrom && offset + i <= this.#readTo) {
      i = this.#readTo - offset;
    } else {
      this.#readTo = -1;
      this.#count = 0;
      this.#readFrom = offset + i;
      this.#lastNonAscii = -1;
    }
    const { index } = this.#terms;
    let isInWord = i > window.start && isAsciiLetter(bytes[i - 1] as number);
    while (i < to) {
      const byte = bytes[i] as number;
      const kind = wordKind[byte] as number;
      if (kind === wordByte.none) {
        isInWord = false;
        i++;
        while (i < to && wordKind[bytes[i] as number] === wordByte.none) i++;
        continue;
      }
      const previous = i > window.start ? (bytes[i - 1] as number) : 0;
      if (kind >= wordByte.first) this.#lastNonAscii = offset + i;
      if (kind <= wordByte.capital && previous < 0x80) {
        // A letter goes on with the word before it, but a capital after a small one starts a hump.
        if (!isInWord || (kind === wordByte.capital && isLower(previous))) {
          this.#tryTerms(window, index, i);
        }
      } else if (startsWord(bytes, i, previous, byte)) this.#tryTerms(window, index, i);
      isInWord = kind <= wordByte.capital;
      i++;
      if (isInWord) while (i < to && wordKind[bytes[i] as number] === wordByte.small) i++;
    }
    this.#readTo = Math.max(this.#readTo, offset + to);
  }

  #tryTerms(window: TextWindow, index: TermIndex, at: number): void {
    const { bytes } = window;
    const list = index.listOf(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
    );
    if (list !== 0) this.#match(window, at, list);
  }

  #match(window: TextWindow, at: number, list: number): void {
    const { bytes, offset } = window;
    const terms = this.#terms.index.lists[list] as readonly Term[];
    for (let n = 0; n < terms.length; n++) {
      const term = terms[n] as Term;
      const after = matchTerm(term, bytes, at, window.end);
      if (after < 0) continue;
      if (!endsWord(bytes, at, after, window.end) && !endsUnspaced(bytes, after)) continue;
      const slot = this.#count & ringMask;
      this.#starts[slot] = offset + at;
      this.#ends[slot] = offset + after;
      this.#words[slot] = term.id;
      this.#count++;
      const supported = this.#terms.supports[term.id] as readonly number[];
      if (supported.length > 0) this.#lastAnySupport = offset + at;
      for (let m = 0; m < supported.length; m++) {
        this.#lastSupport[supported[m] as number] = offset + at;
      }
    }
  }
}

/** What a byte can be in a word; `first` and `rest` are of a character of several bytes. */
const wordByte = { none: 0, small: 1, capital: 2, first: 3, rest: 4 } as const;
const wordKind = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return isContinuation(byte) ? wordByte.rest : wordByte.first;
  if (isUpper(byte)) return wordByte.capital;
  return isLower(byte) ? wordByte.small : wordByte.none;
});

function startsWord(bytes: Uint8Array, at: number, previous: number, byte: number): boolean {
  if (byte >= 0x80 ? isContinuation(byte) : !isAsciiLetter(byte)) return false;
  if (byte >= 0xe3 || isThai(byte, bytes[at + 1] as number)) return true;
  if (previous >= 0x80) return endsInPunctuation(bytes, at);
  return !isAsciiLetter(previous) || (isUpper(byte) && isLower(previous));
}

/** Whether the character before `at` is of a script that writes no blanks between words. */
function endsUnspaced(bytes: Uint8Array, at: number): boolean {
  if (at < 3 || (bytes[at - 1] as number) < 0x80) return false;
  const lead = bytes[at - 3] as number;
  return (lead >= 0xe3 && lead <= 0xed) || isThai(lead, bytes[at - 2] as number);
}

function isThai(lead: number, next: number): boolean {
  return lead === 0xe0 && (next === 0xb8 || next === 0xb9);
}

/** Whether the multi-byte character before `at` is of a block of punctuation or ideographs. */
function endsInPunctuation(bytes: Uint8Array, at: number): boolean {
  let i = at - 1;
  while (i > 0 && isContinuation(bytes[i] as number)) i--;
  const lead = bytes[i];
  return lead === 0xc2 || lead === 0xe2 || lead === 0xe3 || lead === 0xef;
}

function charsBack(window: TextWindow, index: number, chars: number): number {
  const { bytes } = window;
  let i = index;
  for (let left = chars; left > 0 && i > window.start; left--) {
    i--;
    while (i > window.start && isContinuation(bytes[i] as number)) i--;
  }
  return i;
}

function charsForward(window: TextWindow, index: number, chars: number): number {
  const { bytes } = window;
  let i = index;
  for (let left = chars; left > 0 && i < window.end; left--) {
    i++;
    while (i < window.end && isContinuation(bytes[i] as number)) i++;
  }
  return i;
}
