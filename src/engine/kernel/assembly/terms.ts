import { isAsciiLetter, isContinuation, isDigit, isLower, isUpper } from './bytes';
import { emit, emitWord, termEvent } from './events';
import { sieve, terms, text, textEnd } from './memory';

/**
 * The index of terms as `../term-table.ts` writes it: where its fourths and its lists are, 32 bits
 * each, then the keys (4 KiB) and the buckets (64 KiB). A list is a count, 16 bits, and so many
 * terms: its number and the length of its pattern, 16 bits each, its first eight bytes and which
 * bits of them must be the same as in the text, 64 bits each, then the pattern, to an even place.
 * Places are relative to the index. Numbers from `firstContextWord` on are of context words, others
 * of detectors that ask for the term.
 */
const keysAt: usize = 16;
const bucketsAt: usize = keysAt + 4_096;
const patternAt: usize = 20;
const firstContextWord: i32 = 0x8000;
/** The bit that tells small letters from capitals, in eight bytes. */
const smallLetters: u64 = <u64>0x2020_2020 * 0x1_0000_0001;
const maxSeparators: i32 = 3;

/**
 * Sieves for terms: a bitmap by the first three bytes for short beginnings of words (4 KiB), then
 * one by the first four bytes and the number of letters for all others (16 KiB).
 */
const byLengthAt: usize = 4_096;
const mostLetters: u32 = 15;

/**
 * Whether a term may start at `at`, told without a branch: by its first bytes and, where it is
 * known, the number of letters up to the word's end. `letters` counts those in the block (64 when
 * they go on behind it), `hump` up to the next word of a camel-case name.
 */
export function mayBeTerm(at: usize, letters: u64, hump: u64): u32 {
  const word = load<u32>(at) & 0x1f1f_1f1f;
  const key = ((word & 31) << 10) | (((word >>> 8) & 31) << 5) | ((word >>> 16) & 31);
  const bit = key & 31;
  const place = (key >>> 5) << 2;
  const byKey = load<u32>(terms + place, keysAt) >>> bit;
  const byBeginning = load<u32>(sieve + place) >>> bit;
  const count = min(<u32>letters, mostLetters);
  const mask: u32 = letters < 4 ? (1 << ((<u32>letters) << 3)) - 1 : -1;
  const hash = ((word & mask) ^ (count << 5)) * 0x9e37_79b1;
  const byLength = load<u32>(sieve + ((hash >>> 20) << 2), byLengthAt) >>> ((hash >>> 15) & 31);
  const isPlain = u32(letters === hump) & u32(letters < 64);
  return (isPlain ? byLength | byBeginning : byKey) & 1;
}

/** Emits the terms that start at `at`: those that detectors ask for, context words, or both. */
export function findTerms(at: usize, isAnchor: bool, isWord: bool): void {
  let entry = listAt(terms, at);
  if (entry === 0) return;
  const start = load<u64>(at) | smallLetters;
  let asked: i32 = -1;
  let next = entry + 2;
  for (let left = <i32>load<u16>(entry); left > 0; left--) {
    entry = next;
    const length = <i32>load<u16>(entry, 2);
    next = (entry + patternAt + length + 1) & ~1;
    if (((start ^ load<u64>(entry, 4)) & load<u64>(entry, 12)) !== 0) continue;
    const number = <i32>load<u16>(entry);
    if (number >= firstContextWord) {
      if (!isWord) continue;
      const after = matchPattern(entry + patternAt, length, at, textEnd);
      if (after === 0 || !(endsWord(at, after, textEnd) || endsUnspaced(after))) continue;
      emitWord(at, after, number - firstContextWord);
    } else if (isAnchor && number !== asked) {
      const after = matchPattern(entry + patternAt, length, at, textEnd);
      if (after === 0) continue;
      asked = number;
      emit(termEvent, at, after, number);
    }
  }
}

/** The address of the list of terms that may start at `at`; 0 when there are none. */
function listAt(index: usize, at: usize): usize {
  const word = load<u32>(at);
  const key = ((word & 31) << 10) | (((word >>> 8) & 31) << 5) | ((word >>> 16) & 31);
  const bits = load<u32>(index + ((key >>> 5) << 2), keysAt);
  if (((bits >>> (key & 31)) & 1) === 0) return 0;
  const bucket = <u32>load<u16>(index + (key << 1), bucketsAt);
  const slot = (bucket << 5) | ((word >>> 24) & 31);
  const list = <u32>load<u16>(index + load<u32>(index) + (slot << 1));
  return list === 0 ? 0 : index + load<u32>(index + load<u32>(index, 4) + (list << 2));
}

/** The address after the term whose pattern is at `pattern` when it stands at `at`, else 0. */
function matchPattern(pattern: usize, length: i32, at: usize, end: usize): usize {
  let i = at;
  for (let p = 0; p < length; p++) {
    const wanted = <u32>load<u8>(pattern + p);
    if (wanted === 0x20) {
      const after = skipSeparators(i, end);
      if (after === i && !startsHump(i, end)) return 0;
      i = after;
      continue;
    }
    if (i >= end) return 0;
    let byte = <u32>load<u8>(i);
    if (isUpper(byte)) byte |= 0x20;
    if (byte !== wanted) return 0;
    i++;
  }
  return i;
}

/** Whether the word from `start` to `at` ends there: no letter follows, or a new hump. */
function endsWord(start: usize, at: usize, end: usize): bool {
  if (at >= end) return true;
  const next = <u32>load<u8>(at);
  if (isDigit(next)) return at - start > 2;
  if (next < 0x80 && !isAsciiLetter(next)) return true;
  if (next === 0xc2 || next === 0xe2 || next === 0xe3 || next === 0xef) return true;
  return startsHump(at, end);
}

/** Whether the character before `at` is of a script that writes no blanks between words. */
function endsUnspaced(at: usize): bool {
  if (at < text + 3 || load<u8>(at - 1) < 0x80) return false;
  const lead = <u32>load<u8>(at - 3);
  return lead - 0xe3 < 11 || isThai(lead, load<u8>(at - 2));
}

/** Whether a context word may start at `at`, where it or what precedes it is beyond ASCII. */
export function startsWord(at: usize): bool {
  const byte = <u32>load<u8>(at);
  if (byte >= 0x80 && isContinuation(byte)) return false;
  if (byte >= 0xe3 || isThai(byte, load<u8>(at + 1))) return true;
  const previous = <u32>load<u8>(at - 1);
  if (previous >= 0x80) return endsInPunctuation(at);
  return !isAsciiLetter(previous) || (isUpper(byte) && isLower(previous));
}

function isThai(lead: u32, next: u32): bool {
  return lead === 0xe0 && (next === 0xb8 || next === 0xb9);
}

/** Whether the multi-byte character before `at` is of a block of punctuation or ideographs. */
function endsInPunctuation(at: usize): bool {
  let i = at - 1;
  while (i > text && isContinuation(load<u8>(i))) i--;
  const lead = <u32>load<u8>(i);
  return lead === 0xc2 || lead === 0xe2 || lead === 0xe3 || lead === 0xef;
}

/** Whether a new word of a camel-case name starts at `at`. */
function startsHump(at: usize, end: usize): bool {
  return at > text && at < end && isUpper(load<u8>(at)) && isLower(load<u8>(at - 1));
}

function skipSeparators(from: usize, end: usize): usize {
  let i = from;
  for (let n = 0; n < maxSeparators && i < end; n++) {
    const byte = <u32>load<u8>(i);
    if (byte === 0x20 || byte === 0x09 || byte === 0x2d || byte === 0x5f) i++;
    else if (byte === 0xc2 && load<u8>(i + 1) === 0xa0) i += 2;
    else break;
  }
  return i;
}
