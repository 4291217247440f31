import { isAsciiLetter, isUpper, isWide } from './bytes';
import {
  capitalisedEvent,
  emit,
  eventCount,
  flushLines,
  noteLines,
  reserved,
  signEvent,
  startEvents,
  startWords,
  wordCount,
} from './events';
import { readRun } from './forms';
import { capitalised, maxLetters, plainLetters, signs, text } from './memory';
import { findTerms, startsWord } from './terms';

const maxWordBytes: usize = 40;
const hashPrime: u32 = 0x0100_0193;
const hashWords: u32 = 8_191;
/**
 * Signs, placed by the host: 16 bytes by low half of a sign (a bit by its high half), 16 by high
 * half, the row of each byte (256 bytes), then for each row the conditions that the byte before
 * and the byte after fulfil (a bit each, 256 numbers of 32 bits twice).
 */
const signRowsAt: usize = 32;
const signBitsAt: usize = 288;

/**
 * Finds the candidates between two indices of the text, and the context words that start there;
 * gives the index up to which it came before there was no more room for one or the other, of which
 * there may be `capacity` each.
 */
export function findCandidates(from: i32, limit: i32, events: usize, words: usize, capacity: i32): i32 {
  startEvents(events);
  startWords(words);
  const room = capacity - reserved;
  const stop = text + limit;
  const lowHalves = v128.load(signs);
  const highHalves = v128.load(signs, 16);
  let at = text + from;
  // What the bytes are, a bit each: those of the block before, then those of the block in hand.
  const before = v128.load(at - 16);
  let lower = inRange(before, 0x61, 26);
  let upper = inRange(before, 0x41, 26);
  let digits = inRange(before, 0x30, 10);
  let high = <u32>i8x16.bitmask(before) << 16;
  let all = lower | upper | digits | high;
  while (at < stop && eventCount <= room && wordCount <= room) {
    const block = v128.load(at);
    const within: u32 = stop - at >= 16 ? 0xffff_0000 : ((1 << <u32>(stop - at)) - 1) << 16;
    lower = (lower >>> 16) | inRange(block, 0x61, 26);
    upper = (upper >>> 16) | inRange(block, 0x41, 26);
    digits = (digits >>> 16) | inRange(block, 0x30, 10);
    high = (high >>> 16) | (<u32>i8x16.bitmask(block) << 16);
    const letters = lower | upper;
    all = letters | digits | high;
    let wide: u32 = 0;
    let unsure: u32 = 0;
    if (high != 0) {
      wide = inRange(block, 0xe2, 14) | inRange(block, 0xc2, 1);
      unsure = high | (letters & (high << 1));
    }
    const anchorStarts = (letters | high) & ~wide & ~(all << 1);
    const wordStarts = ((letters & ~(letters << 1)) | (upper & (lower << 1)) | unsure) & within;
    const bySign = v128.and(
      i8x16.swizzle(lowHalves, v128.and(block, i8x16.splat(15))),
      i8x16.swizzle(highHalves, i8x16.shr_u(block, 4)),
    );
    const signBits = <u32>i8x16.bitmask(i8x16.ne(bySign, i8x16.splat(0))) << 16;
    const runStarts = digits & ~(digits << 1);
    let newlines = inRange(block, 0x0a, 1) & within;
    let places = (anchorStarts | runStarts | signBits | wide | wordStarts) & within;
    while (places != 0) {
      const n = ctz(places);
      const bit: u32 = 1 << n;
      places ^= bit;
      const place = at + n - 16;
      if ((newlines & (bit - 1)) != 0) {
        countLines(newlines & (bit - 1), at);
        newlines &= ~(bit - 1);
      }
      if (((anchorStarts | wordStarts) & bit) != 0) {
        const isWord = (wordStarts & bit) != 0 && ((unsure & bit) == 0 || startsWord(place));
        if ((anchorStarts & bit) != 0) findWord(place, isWord);
        else if ((wide & bit) != 0) findWide(place, isWord);
        else if (isWord) findTerms(place, false, true);
      } else if ((runStarts & bit) != 0) {
        if (mayBeReadAt(n, letters, digits)) readRun(place);
      } else if ((wide & bit) != 0) findWide(place, false);
      else findSign(place);
    }
    if (newlines != 0) countLines(newlines, at);
    at += 16;
  }
  flushLines();
  return at < stop ? <i32>(at - text) : limit;
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
  const before = v128.load(at - 16);
  let lower = inRange(before, 0x61, 26);
  let upper = inRange(before, 0x41, 26);
  let high = <u32>i8x16.bitmask(before) << 16;
  while (at < stop && wordCount <= room) {
    const block = v128.load(at);
    const within: u32 = stop - at >= 16 ? 0xffff_0000 : ((1 << <u32>(stop - at)) - 1) << 16;
    lower = (lower >>> 16) | inRange(block, 0x61, 26);
    upper = (upper >>> 16) | inRange(block, 0x41, 26);
    high = (high >>> 16) | (<u32>i8x16.bitmask(block) << 16);
    const letters = lower | upper;
    const unsure = high | (letters & (high << 1));
    let places = ((letters & ~(letters << 1)) | (upper & (lower << 1)) | unsure) & within;
    while (places != 0) {
      const n = ctz(places);
      places &= places - 1;
      const place = at + n - 16;
      if (((unsure >>> n) & 1) == 0 || startsWord(place)) findTerms(place, false, true);
    }
    at += 16;
  }
  return at < stop ? <i32>(at - text) : to;
}

/** Index of the last byte beyond ASCII between two indices of the text; -1 when there is none. */
export function lastBeyondAscii(from: i32, to: i32): i32 {
  const start = text + from;
  let end = text + to;
  while (end > start) {
    let bits = <u32>i8x16.bitmask(v128.load(end - 16));
    if (end - start < 16) bits &= ~((1 << <u32>16 - <u32>(end - start)) - 1);
    if (bits != 0) return <i32>(end - text) + 15 - clz(bits);
    end -= 16;
  }
  return -1;
}

/** A bit for each byte of a block that is one of `count` bytes from `first` on; 16 to 31. */
function inRange(block: v128, first: u8, count: u8): u32 {
  const distance = i8x16.sub(block, i8x16.splat(<i8>first));
  return <u32>i8x16.bitmask(i8x16.lt_u(distance, i8x16.splat(<i8>count))) << 16;
}

/**
 * Whether a digit run at bit `n` may be read: not when the letters directly before it are too many
 * or stand behind a digit, as in hexadecimal numbers.
 */
function mayBeReadAt(n: u32, letters: u32, digits: u32): bool {
  const before = clz(~(letters << (32 - n)));
  if (before == 0) return true;
  if (before > maxLetters) return false;
  return ((digits >>> (n - before - 1)) & 1) == 0;
}

function countLines(newlines: u32, at: usize): void {
  noteLines(<i32>popcnt(newlines), at + 16 - clz(newlines));
}

function findWord(at: usize, isWord: bool): void {
  findTerms(at, true, isWord);
  const first = <u32>load<u8>(at);
  if (isUpper(first) || first - 0xc3 < 3) findCapitalised(at);
  // In a string literal a word may follow an escape such as `\n`.
  if (load<u8>(at - 1) != 0x5c || !(first == 0x6e || first == 0x72 || first == 0x74)) return;
  findTerms(at + 1, true, false);
  const second = <u32>load<u8>(at + 1);
  if (isUpper(second) || second - 0xc3 < 3) findCapitalised(at + 1);
}

/** A wide character may be a word, or a sign before one. */
function findWide(at: usize, isWord: bool): void {
  findTerms(at, true, isWord);
  const byte = <u32>load<u8>(at);
  let after = at;
  if (byte == 0xc2) after = at + 2;
  else if ((byte == 0xe2 || byte == 0xe3) && load<u8>(at + 1) == 0x80) after = at + 3;
  if (after == at) return;
  const next = <u32>load<u8>(after);
  if (isAsciiLetter(next) || (next >= 0x80 && !isWide(next))) findTerms(after, true, false);
}

/** FNV-1a over letters in small and without diacritics, as in `../../capitalised-words.ts`. */
function findCapitalised(at: usize): void {
  if (capitalised == 0) return;
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
  if (((bits >>> (hash & 31)) & 1) != 0) emit(capitalisedEvent, at, i, 0);
}

function findSign(at: usize): void {
  const row = <usize>load<u8>(signs + load<u8>(at), signRowsAt);
  const table = signs + (row << 11);
  const before = load<u32>(table + (<usize>load<u8>(at - 1) << 2), signBitsAt);
  const after = load<u32>(table + (<usize>load<u8>(at + 1) << 2), signBitsAt + 1_024);
  if ((before & after) != 0) emit(signEvent, at, at + 1, before & after);
}
