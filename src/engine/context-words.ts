import { isContinuation } from './byte-classes.ts';
import type { ContextTerms } from './context-terms.ts';
import type { TextWindow } from './detector.ts';
import { type Kernel, wordSize } from './kernel/kernel.ts';

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
 * Remembers the context words of the text around candidates. The pass finds words on its way; only
 * what a candidate asks for beyond that is looked for here, once however many candidates share it,
 * so the cost stays linear. Positions are bytes of the whole text.
 */
export class ContextWordsNearby {
  readonly #kernel: Kernel;
  readonly #supports: ContextTerms['supports'];
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
  /** The text whose words the pass has found, and which of them come next. */
  #passedFrom = 0;
  #passedTo = 0;
  #passedNext = 0;
  #passedEnd = 0;

  constructor(terms: ContextTerms, kernel: Kernel) {
    this.#kernel = kernel;
    this.#supports = terms.supports;
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
    this.#passedFrom = 0;
    this.#passedTo = 0;
    this.#passedEnd = 0;
  }

  /** Tells that the kernel has just passed over the text between two indices of the window. */
  passed(window: TextWindow, from: number, to: number): void {
    this.#passedFrom = window.offset + from;
    this.#passedTo = window.offset + to;
    this.#passedNext = 0;
    this.#passedEnd = this.#kernel.wordCount * wordSize;
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
    const { offset } = window;
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
        beforeChars += this.#charsBetween(offset, wordEnd, before);
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
      const chars = this.#charsBetween(offset, end, wordStart);
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
    const further = this.#kernel.charactersBack(start, contextBeforeChars);
    this.#read(window, further, to);
    return further;
  }

  #charsBetween(offset: number, from: number, to: number): number {
    if (this.#lastNonAscii < offset + from) return to - from;
    return this.#kernel.countCharacters(from, to);
  }

  /** Takes the words up to `to` in; with a gap before `from` it starts anew, a little early. */
  #read(window: TextWindow, from: number, to: number): void {
    const { offset } = window;
    const isKnown = offset + from >= this.#readFrom;
    if (isKnown && offset + to <= this.#readTo) return;
    if (!isKnown || offset + from > this.#readTo) {
      this.#count = 0;
      this.#readFrom = offset + Math.max(window.start, from - slackBytes);
      this.#readTo = this.#readFrom;
      this.#lastNonAscii = -1;
    }
    const last = this.#kernel.lastBeyondAscii(this.#readTo - offset, to);
    if (last >= 0) this.#lastNonAscii = offset + last;
    this.#find(offset, Math.min(offset + to, this.#passedFrom));
    this.#takePassed(offset, offset + to);
    this.#find(offset, offset + to);
  }

  /** Looks for words from where it stopped reading up to `to`, a place in the text. */
  #find(offset: number, to: number): void {
    const kernel = this.#kernel;
    while (this.#readTo < to) {
      this.#readTo = offset + kernel.findContext(this.#readTo - offset, to - offset);
      const { foundWords, wordCount } = kernel;
      for (let n = 0; n < wordCount * wordSize; n += wordSize) this.#note(foundWords, n, offset);
    }
  }

  /** Takes the words over that the pass found on its way, as far as it came. */
  #takePassed(offset: number, to: number): void {
    const { passedWords } = this.#kernel;
    const end = Math.min(to, this.#passedTo);
    if (this.#readTo >= end) return;
    const from = this.#readTo - offset;
    let n = this.#passedNext;
    while (n < this.#passedEnd && (passedWords[n] as number) < from) n += wordSize;
    for (; n < this.#passedEnd && (passedWords[n] as number) < end - offset; n += wordSize) {
      this.#note(passedWords, n, offset);
    }
    this.#passedNext = n;
    this.#readTo = end;
  }

  #note(words: Int32Array, at: number, offset: number): void {
    const word = words[at + 2] as number;
    const start = offset + (words[at] as number);
    const slot = this.#count & ringMask;
    this.#starts[slot] = start;
    this.#ends[slot] = offset + (words[at + 1] as number);
    this.#words[slot] = word;
    this.#count++;
    const supported = this.#supports[word] as readonly number[];
    if (supported.length > 0) this.#lastAnySupport = start;
    for (let m = 0; m < supported.length; m++) this.#lastSupport[supported[m] as number] = start;
  }
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
