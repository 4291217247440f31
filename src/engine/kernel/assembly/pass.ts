import { isAsciiLetter, isUpper, isWide } from './bytes';
import {
  capitalisedEvent,
  emit,
  eventCount,
  flushLines,
  noteLines,
  reserved,
  startEvents,
  startWords,
  wordCount,
} from './events';
import { mayBeRead, readRun } from './forms';
import { capitalised, plainLetters, text } from './memory';
import { conditionsAt, findSign, forgetHeads, signsIn } from './signs';
import { findTerms, mayBeTerm, startsWord } from './terms';

const maxWordBytes: usize = 40;
const hashPrime: u32 = 0x0100_0193;
const hashWords: u32 = 8_191;

/**
 * Finds the candidates between two indices of the text, and the context words that start there;
 * gives the index up to which it came before there was no more room for one or the other, of which
 * there may be `capacity` each. It goes by blocks of 64 bytes, with a bit for each byte: first it
 * sifts out, without a branch, what can be no candidate, which is most; then it looks at the rest.
 */
export function findCandidates(
  from: i32,
  limit: i32,
  events: usize,
  words: usize,
  capacity: i32,
): i32 {
  startEvents(events);
  startWords(words);
  forgetHeads();
  const room = capacity - reserved;
  const stop = text + limit;
  let at = text + from;
  // What the bytes of the block before are.
  let lowerBefore = inRange(at - 64, 0x61, 26);
  let upperBefore = inRange(at - 64, 0x41, 26);
  let digitsBefore = inRange(at - 64, 0x30, 10);
  let highBefore = inRange(at - 64, 0x80, 128);
  let escapedBefore = inRange(at - 64, 0x5c, 1) >>> 63;
  while (at < stop) {
    const within: u64 = stop - at >= 64 ? -1 : ((<u64>1) << (<u64>(stop - at))) - 1;
    const lower = inRange(at, 0x61, 26);
    const upper = inRange(at, 0x41, 26);
    const digits = inRange(at, 0x30, 10);
    const high = inRange(at, 0x80, 128);
    const letters = lower | upper;
    const lettersBefore = lowerBefore | upperBefore;
    const all = letters | digits | high;
    let wide: u64 = 0;
    let unsure: u64 = 0;
    if ((high | highBefore) !== 0) {
      wide = inRange(at, 0xe2, 14) | inRange(at, 0xc2, 1);
      unsure = high | (letters & ((high << 1) | (highBefore >>> 63)));
    }
    const allBefore = (all << 1) | ((lettersBefore | digitsBefore | highBefore) >>> 63);
    const anchorStarts = (letters | high) & ~wide & ~allBefore & within;
    const humps = upper & ((lower << 1) | (lowerBefore >>> 63));
    const firsts = letters & ~((letters << 1) | (lettersBefore >>> 63));
    const wordStarts = (firsts | humps | unsure) & within;
    const runStarts = digits & ~((digits << 1) | (digitsBefore >>> 63)) & within;
    let newlines = inRange(at, 0x0a, 1) & within;
    const escapes = inRange(at, 0x5c, 1);
    const escaped = anchorStarts & ((escapes << 1) | escapedBefore);
    let left = (wide | unsure | escaped) & within;
    for (let places = signsIn(at) & within; places !== 0; places &= places - 1) {
      const n = ctz(places);
      left |= (<u64>(conditionsAt(at, n) !== 0)) << n;
    }
    const ends = ~(letters | high) | wide;
    let terms: u64 = 0;
    for (let places = (anchorStarts | wordStarts) & ~unsure; places !== 0; places &= places - 1) {
      const n = ctz(places);
      const hump = ctz((ends | (humps & ~((<u64>1) << n))) >>> n);
      terms |= (<u64>mayBeTerm(at + <usize>n, ctz(ends >>> n), hump)) << n;
    }
    let names: u64 = 0;
    if (capitalised !== 0) {
      for (let places = anchorStarts & upper; places !== 0; places &= places - 1) {
        const n = ctz(places);
        names |= (<u64>(nameEnd(at + <usize>n) !== 0)) << n;
      }
    }
    left |= terms | names;
    for (let places = runStarts; places !== 0; places &= places - 1) {
      const n = ctz(places);
      const letterBits = bitsBefore(letters, lettersBefore, n);
      left |= (<u64>mayBeRead(at + <usize>n, letterBits, ctz(~(digits >>> n)))) << n;
    }
    while (left !== 0) {
      const n = ctz(left);
      const bit: u64 = (<u64>1) << n;
      left ^= bit;
      const place = at + <usize>n;
      if ((newlines & (bit - 1)) !== 0) {
        countLines(newlines & (bit - 1), at);
        newlines &= ~(bit - 1);
      }
      if (eventCount > room || wordCount > room) {
        flushLines();
        return <i32>(place - text);
      }
      if ((unsure & bit) !== 0) findUnsure(place, anchorStarts & bit, wide & bit, wordStarts & bit);
      else if ((anchorStarts & bit) !== 0) {
        if ((terms & bit) !== 0) findTerms(place, true, (wordStarts & bit) !== 0);
        if ((names & bit) !== 0) emit(capitalisedEvent, place, nameEnd(place), 0);
        if ((escaped & bit) !== 0) findEscaped(place);
      } else if ((terms & bit) !== 0) findTerms(place, false, true);
      else if ((runStarts & bit) !== 0) readRun(place);
      else findSign(at, n);
    }
    if (newlines !== 0) countLines(newlines, at);
    lowerBefore = lower;
    upperBefore = upper;
    digitsBefore = digits;
    highBefore = high;
    escapedBefore = escapes >>> 63;
    at += 64;
  }
  flushLines();
  return limit;
}

/**
 * Finds the context words that start between two indices of the text; gives the index up to which
 * it came before there was no more room for them, of which there may be `capacity`.
 */
export function findContext(from: i32, to: i32, words: usize, capacity: i32): i32 {
  startWords(words);
  const room = capacity - reserved;
  const stop = text + to;
  let at = text + from;
  let lowerBefore = inRange(at - 64, 0x61, 26);
  let lettersBefore = inRange(at - 64, 0x41, 26) | lowerBefore;
  let highBefore = inRange(at - 64, 0x80, 128);
  while (at < stop) {
    const within: u64 = stop - at >= 64 ? -1 : ((<u64>1) << (<u64>(stop - at))) - 1;
    const lower = inRange(at, 0x61, 26);
    const upper = inRange(at, 0x41, 26);
    const high = inRange(at, 0x80, 128);
    const letters = lower | upper;
    const unsure = high | (letters & ((high << 1) | (highBefore >>> 63)));
    const humps = upper & ((lower << 1) | (lowerBefore >>> 63));
    const firsts = letters & ~((letters << 1) | (lettersBefore >>> 63));
    for (let left = (firsts | humps | unsure) & within; left !== 0; left &= left - 1) {
      const n = ctz(left);
      const place = at + <usize>n;
      if (wordCount > room) return <i32>(place - text);
      if (((unsure >>> n) & 1) === 0 || startsWord(place)) findTerms(place, false, true);
    }
    lowerBefore = lower;
    lettersBefore = letters;
    highBefore = high;
    at += 64;
  }
  return to;
}

/** A bit for each of the 64 bytes at `at` that is one of `count` bytes from `first` on. */
function inRange(at: usize, first: u8, count: u8): u64 {
  return (
    rangeBits(v128.load(at), first, count) |
    (rangeBits(v128.load(at, 16), first, count) << 16) |
    (rangeBits(v128.load(at, 32), first, count) << 32) |
    (rangeBits(v128.load(at, 48), first, count) << 48)
  );
}

function rangeBits(bytes: v128, first: u8, count: u8): u64 {
  const distance = i8x16.sub(bytes, i8x16.splat(<i8>first));
  return <u64>(<u32>i8x16.bitmask(i8x16.lt_u(distance, i8x16.splat(<i8>count))));
}

/** The 64 bits before number `n`, the last of them highest. */
function bitsBefore(bits: u64, bitsOfBefore: u64, n: u64): u64 {
  return ((bits << 1) << (63 - n)) | (bitsOfBefore >>> n);
}

function countLines(newlines: u64, at: usize): void {
  noteLines(<i32>popcnt(newlines), at + 64 - <usize>clz(newlines));
}

/** What is beyond ASCII, or follows that, needs a closer look. */
function findUnsure(at: usize, isAnchor: u64, isWide: u64, mayBeWord: u64): void {
  const isWord = mayBeWord !== 0 && startsWord(at);
  if (isWide !== 0) {
    findTerms(at, true, isWord);
    findBehindSign(at);
  } else if (isAnchor !== 0) {
    findTerms(at, true, isWord);
    findName(at);
    if (load<u8>(at - 1) === 0x5c) findEscaped(at);
  } else if (isWord) findTerms(at, false, true);
}

/** In a string literal a word may follow an escape such as `\n`. */
function findEscaped(at: usize): void {
  const letter = <u32>load<u8>(at);
  if (letter !== 0x6e && letter !== 0x72 && letter !== 0x74) return;
  findTerms(at + 1, true, false);
  findName(at + 1);
}

/** A wide character may be a sign before a word, such as a quotation mark. */
function findBehindSign(at: usize): void {
  const byte = <u32>load<u8>(at);
  let after = at;
  if (byte === 0xc2) after = at + 2;
  else if ((byte === 0xe2 || byte === 0xe3) && load<u8>(at + 1) === 0x80) after = at + 3;
  if (after === at) return;
  const next = <u32>load<u8>(after);
  if (isAsciiLetter(next) || (next >= 0x80 && !isWide(next))) findTerms(after, true, false);
}

function findName(at: usize): void {
  const first = <u32>load<u8>(at);
  if (!(isUpper(first) || first - 0xc3 < 3)) return;
  const end = nameEnd(at);
  if (end !== 0) emit(capitalisedEvent, at, end, 0);
}

/**
 * The address after the word at `at` when it may be of the list of capitalised words, else 0. The
 * hash is FNV-1a over letters in small and without diacritics, as in `../../capitalised-words.ts`.
 */
function nameEnd(at: usize): usize {
  if (capitalised === 0) return 0;
  let hash: u32 = 0;
  let previous: u32 = 0;
  let i = at;
  for (; i < at + maxWordBytes; i++) {
    const byte = <u32>load<u8>(i);
    if (byte < 0x80) {
      if (!isAsciiLetter(byte)) break;
      hash = (hash ^ (byte | 0x20)) * hashPrime;
    } else if (byte - 0xc3 >= 3) {
      const letter =
        previous - 0xc3 < 3
          ? <u32>load<u8>(plainLetters + (((previous - 0xc3) << 6) | (byte & 63)))
          : byte;
      hash = (hash ^ letter) * hashPrime;
    }
    previous = byte;
  }
  const slot = ((hash >>> 5) ^ (hash >>> 17)) & hashWords;
  const bits = load<u32>(capitalised + (slot << 2));
  return ((bits >>> (hash & 31)) & 1) !== 0 ? i : 0;
}
