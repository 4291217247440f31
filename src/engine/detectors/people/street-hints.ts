/**
 * What the bytes around a number tell of a street, before any form of one is tried: forms are
 * regular expressions on text, and most numbers stand between words that are in no address.
 */
import { isAsciiLetter, isDigit, isLetter, isLower, isUpper } from '../../byte-classes.ts';
import { hashWord } from '../../capitalised-words.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { hashOf, WordTable } from '../word-table.ts';
import { monthNames } from './month-names.ts';
import { smallNameWords, streetHint, streetWords } from './street-types.ts';

const small = 128;
const month = 256;
const anyHint = 127;
const numbers = streetHint.number | streetHint.noDate;
const maxTypeWords = 6;
const maxWordBytes = 40;
const maxSmallBytes = 5;

const table = new WordTable();
for (const word of smallNameWords) table.add(word, small);
for (const word of streetWords.leading) table.add(lettersOf(word), streetHint.leading);
for (const word of streetWords.trailing) table.add(lettersOf(word), streetHint.trailing);
for (const word of streetWords.types) table.add(word, streetHint.type);
for (const word of monthNames) table.add(word, month);

const boxes = new WordTable();
for (const word of 'box po postbox postfach postbus postal postale b bp p apartado correos pocztowa psc unit'.split(
  ' ',
)) {
  boxes.add(word, streetHint.postBox);
}

/** With their dots and strokes. */
const leadingWords = new WordTable();
for (const word of streetWords.leading) leadingWords.add(word, streetHint.leading);
const leadingHashes = new Set(streetWords.leading.map(hashOf));

/** The endings of street names in one word by a hash of their last two bytes. */
const endings: Uint8Array[][] = Array.from({ length: 256 }, () => []);
const mayEnd = new Uint8Array(256);
for (const ending of streetWords.endings) {
  const bytes = new TextEncoder().encode(ending);
  const key = pairKey(bytes.at(-2) ?? 0, bytes.at(-1) ?? 0);
  mayEnd[key] = 1;
  endings[key]?.push(bytes);
}

/** The letters a word starts with. */
function lettersOf(word: string): string {
  return /^\p{L}+/u.exec(word)?.[0] ?? word;
}

function pairKey(first: number, second: number): number {
  return (first * 7 + second) & 0xff;
}

/** Whether the word at `start`–`end` may be a street type that stands in front of the name. */
export function mayBeLeadingType(window: TextWindow, start: number, end: number): boolean {
  return leadingHashes.has(hashWord(window.bytes, start, end));
}

/**
 * Gives hints of what follows a house number, from the word at `start` up to what is in no name of
 * a street; all of them when that is not before `limit`.
 */
export function hintsAhead(window: TextWindow, start: number, limit: number): number {
  const { bytes } = window;
  const end = Math.min(limit, window.end);
  let hints = 0;
  let at = start;
  while (at < end) {
    const first = bytes[at] as number;
    if (isDigit(first)) {
      const isFirst = at === start;
      hints |= (hints & month) === 0 ? numbers : streetHint.number;
      while (at < end && isDigit(bytes[at] as number)) at++;
      // What counts streets is a name.
      const isName = isAsciiLetter(byteAt(window, at));
      if (!isName && isFirst && at < limit) return 0;
      if (!isName) return at >= limit ? anyHint : hints & anyHint;
    } else if (!isLetter(first)) {
      return hints & anyHint;
    }
    const lettersEnd = endOfLetters(bytes, at, end);
    const bits = table.get(hashWord(bytes, at, lettersEnd));
    const mark = byteAt(window, lettersEnd);
    // Small words end a name but for those that go on with a blank.
    const isUsual = isLower(first) && (bits & anyHint) === 0 && (mark !== 0x20 || bits === 0);
    if (isUsual && mark !== 0x27 && mark !== 0x2d && mark < 0x80) {
      return lettersEnd >= limit ? anyHint : hints & anyHint;
    }
    hints |= bits & ~month;
    if ((bits & month) !== 0 && mark === 0x20 && isAscii(bytes, at, lettersEnd)) hints |= month;
    at = lettersEnd;
    while (at < end && isNameByte(bytes[at] as number)) at++;
    if (at >= limit) return anyHint;
    if (endsStreet(bytes, start, at)) hints |= streetHint.ending;
    if (byteAt(window, at) === 0x2c && byteAt(window, at + 1) === 0x20) {
      return (isDigit(byteAt(window, at + 2)) ? hints | numbers : hints) & anyHint;
    }
    if (byteAt(window, at) !== 0x20) return hints & anyHint;
    at++;
  }
  return at >= limit ? anyHint : hints & anyHint;
}

/** The index after the letters of ASCII, Latin-1 and Latin Extended-A at `start`. */
function endOfLetters(bytes: Uint8Array, start: number, limit: number): number {
  let end = start;
  while (end < limit) {
    const byte = bytes[end] as number;
    if (isAsciiLetter(byte)) end++;
    else if (byte >= 0xc3 && byte <= 0xc5 && end + 1 < limit) {
      const next = bytes[end + 1] as number;
      // The signs of multiplication and division are no letters.
      if (byte === 0xc3 && (next === 0x97 || next === 0xb7)) break;
      end += 2;
    } else break;
  }
  return end;
}

/** With the stroke of `c/`. */
function isNameByte(byte: number): boolean {
  return isLetter(byte) || byte === 0x27 || (byte >= 0x2d && byte <= 0x2f);
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return false;
  return true;
}

/** Whether the bytes before `end` are an ending of a street's name. */
function endsStreet(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2) return false;
  const key = pairKey(bytes[end - 2] as number, bytes[end - 1] as number);
  if (mayEnd[key] === 0) return false;
  for (const ending of endings[key] as Uint8Array[]) {
    let n = ending.length;
    while (
      n > 0 &&
      end - ending.length >= start &&
      bytes[end - ending.length + n - 1] === ending[n - 1]
    )
      n--;
    if (n === 0) return true;
  }
  return false;
}

/** Gives hints of what stands before a house number at `number`: the word at `start`–`end` is last. */
export function hintsBehind(
  window: TextWindow,
  number: number,
  { start, end }: { start: number; end: number },
): number {
  const { bytes } = window;
  if (!isLetter(bytes[start] as number)) return anyHint;
  const hash = hashWord(bytes, start, endOfLetters(bytes, start, end));
  let hints = (table.get(hash) & streetHint.trailing) | boxes.get(hash);
  if (endsStreet(bytes, start, end)) hints |= streetHint.ending;
  if (followsLeadingType(window, number)) hints |= streetHint.leading;
  return hints;
}

/** Whether a type such as `Via` may be among the words before a number that a name can have. */
function followsLeadingType(window: TextWindow, number: number): boolean {
  const { bytes } = window;
  let end = number - 1;
  for (let n = 0; n < maxTypeWords; n++) {
    if (byteAt(window, end - 1) === 0x2c) end--;
    let start = end;
    let hasMark = false;
    while (end - start < maxWordBytes && start > window.start) {
      const byte = bytes[start - 1] as number;
      if (isLetter(byte) || byte === 0x2e) start--;
      else if (byte === 0x2d || byte === 0x27 || byte === 0x2f) {
        hasMark = true;
        start--;
      } else break;
    }
    if (start === end) return false;
    if (leadingWords.bitsOf(bytes, start, end) !== 0) return true;
    const isSmall = isLower(bytes[start] as number);
    if (isSmall && !hasMark && end - start > maxSmallBytes) return false;
    if (byteAt(window, start - 1) !== 0x20) return false;
    end = start - 1;
  }
  return false;
}

/** Whether the word at `start`–`end` can be a state's code. */
export function isTwoCapitals(window: TextWindow, start: number, end: number): boolean {
  return end - start === 2 && isUpper(byteAt(window, start)) && isUpper(byteAt(window, end - 1));
}
