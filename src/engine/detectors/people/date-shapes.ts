import { isDigit, isLetter, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { findMonth } from './month-names.ts';
import { readWordText } from './read-word-text.ts';

/** A date as it is written; what it does not say is undefined. */
export interface WrittenDate {
  readonly end: number;
  readonly pattern: string;
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly hasTime: boolean;
}

type Parts = Omit<WrittenDate, 'hasTime'>;

const maxWordBytes = 24;

/** How dates with their day begin that start with a digit. */
export const dateForms: readonly string[] = [
  '9{1,2}-9{1,2}-99',
  '9{1,2}/9{1,2}/99',
  '9{1,2}.9{1,2}.99',
  '9{4}-9{1,2}-9',
  '9{4}/9{1,2}/9',
  '9{4}.9{1,2}.9',
  '9{4}L',
  '9{1,2}.{0,1} {0,1}-{0,1}AL',
];

/** Reads a date that starts at `start`, a digit or the first letter of a month. */
export function readDate(window: TextWindow, start: number): WrittenDate | undefined {
  if (!mayStart(window, start)) return undefined;
  const parts = isDigit(byteAt(window, start))
    ? readFromDigits(window, start)
    : readFromMonth(window, start);
  if (parts === undefined || !isRealDate(parts)) return undefined;
  const end = parts.day === undefined ? parts.end : skipTime(window, parts.end);
  const after = byteAt(window, end);
  if (isLetterOrDigit(after) || after === 0x5f) return undefined;
  if (isDateSeparator(after) && isDigit(byteAt(window, end + 1))) return undefined;
  return { ...parts, end, hasTime: end !== parts.end };
}

function mayStart(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (isLetterOrDigit(before) || before === 0x5f) return false;
  const mayJoin = before === 0x3a || isDateSeparator(before);
  return !(mayJoin && isDigit(byteAt(window, start - 2)));
}

/** Hyphen, dot or slash. */
function isDateSeparator(byte: number): boolean {
  return byte >= 0x2d && byte <= 0x2f;
}

/** Whether a run of digits may be a date's first number, by its length and the byte behind it. */
export function mayStartDate(window: TextWindow, start: number, end: number): boolean {
  const length = end - start;
  const after = byteAt(window, end);
  if (length <= 2) {
    if (isDateSeparator(after)) return isLetterOrDigit(byteAt(window, end + 1)) || after === 0x2e;
    return after === 0x20 || (isLetter(after) && isLetter(byteAt(window, end + 1)));
  }
  if (length === 8) return !isLetterOrDigit(after);
  return (
    length === 4 && ((isDateSeparator(after) && isDigit(byteAt(window, end + 1))) || after === 0xe5)
  );
}

function readFromDigits(window: TextWindow, start: number): Parts | undefined {
  const first = readNumber(window, start);
  if (first.length === 8) return readCompact(window, start);
  if (first.length === 4) return readYearFirst(window, first);
  if (first.length > 2) return undefined;
  const separator = byteAt(window, first.end);
  if (separator === 0x2d || separator === 0x2f || separator === 0x2e) {
    const next = first.end + 1;
    if (!isDigit(byteAt(window, next))) {
      if (separator === 0x2e) return readDayMonth(window, first.value, next);
      return readDayMonth(window, first.value, next - 1);
    }
    return readNumeric(window, first, separator);
  }
  return readDayMonth(window, first.value, skipOrdinal(window, first.end));
}

/** `2024-03-15`, `2024/3/15`, `2024.03.15`, `2024年3月15日`. */
function readYearFirst(window: TextWindow, year: DigitRun): Parts | undefined {
  const separator = byteAt(window, year.end);
  if (separator === 0xe5) return readIdeographic(window, year);
  if (separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) return undefined;
  const month = readNumber(window, year.end + 1);
  if (month.length === 0 || month.length > 2 || byteAt(window, month.end) !== separator)
    return undefined;
  const day = readNumber(window, month.end + 1);
  if (day.length === 0 || day.length > 2) return undefined;
  return {
    end: day.end,
    pattern: 'year first',
    year: year.value,
    month: month.value,
    day: day.value,
  };
}

function readIdeographic(window: TextWindow, year: DigitRun): Parts | undefined {
  const month = readNumber(window, year.end + 3);
  const day = readNumber(window, month.end + 3);
  if (month.length === 0 || day.length === 0) return undefined;
  const marks = [year.end, month.end, day.end].map((at) =>
    readWordText(window, at, Math.min(window.end, at + 3)),
  );
  if (marks.join('') !== '年月日') return undefined;
  const end = day.end + 3;
  return { end, pattern: 'year month day', year: year.value, month: month.value, day: day.value };
}

/** `19770501` and `01051977`. */
function readCompact(window: TextWindow, start: number): Parts | undefined {
  const number = (from: number, length: number): number => {
    let value = 0;
    for (let i = from; i < from + length; i++) value = value * 10 + byteAt(window, start + i) - 48;
    return value;
  };
  const end = start + 8;
  const pattern = 'eight digits';
  const first = { end, pattern, year: number(0, 4), month: number(4, 2), day: number(6, 2) };
  if (isLifetime(first.year) && isRealDate(first)) return first;
  const year = number(4, 4);
  if (!isLifetime(year)) return undefined;
  return { end, pattern, year, ...dayAndMonth(number(0, 2), number(2, 2)) };
}

/** `5/20/2021`, `21.5.21`, `05/21`. */
function readNumeric(window: TextWindow, first: DigitRun, separator: number): Parts | undefined {
  const second = readNumber(window, first.end + 1);
  if (second.length > 2) return undefined;
  const third = readNumber(window, second.end + 1);
  if (byteAt(window, second.end) === separator && third.length > 0) {
    if (third.length !== 4 && third.length !== 2) return undefined;
    const year = third.length === 4 ? third.value : undefined;
    const pattern = year === undefined ? 'year in two digits' : 'year last';
    return { end: third.end, pattern, year, ...dayAndMonth(first.value, second.value) };
  }
  if (separator !== 0x2f || second.length !== 2) return undefined;
  const isMonth = first.value >= 1 && first.value <= 12;
  if (!isMonth && !(second.value >= 1 && second.value <= 12 && first.value <= 31)) return undefined;
  return {
    end: second.end,
    pattern: 'two numbers',
    year: undefined,
    month: undefined,
    day: undefined,
  };
}

/** `1 May 1977`, `1. Mai 1977`, `1st of May, 1977`, `1 de mayo de 1977`, `21-May-77`, `21-May`. */
function readDayMonth(window: TextWindow, day: number, at: number): Parts | undefined {
  let i = skipBlanks(window, at, 1);
  const isHyphen = byteAt(window, i) === 0x2d;
  if (isHyphen) i++;
  else i = skipWord(window, i, ['of', 'de']);
  const wordEnd = endOfWord(window, i);
  const month = wordEnd === i ? undefined : findMonth(readWordText(window, i, wordEnd));
  if (month === undefined) return undefined;
  i = wordEnd;
  const year = readYear(window, i, isHyphen);
  const pattern = year === undefined ? 'day and month' : 'day month year';
  return { end: year?.end ?? i, pattern, year: year?.value, month, day };
}

/** `May 1, 1977`, `May 1st 1977`, `May 1977`, `May-21`, and a month after a preposition. */
function readFromMonth(window: TextWindow, start: number): Parts | undefined {
  const wordEnd = endOfWord(window, start);
  const word = readWordText(window, start, wordEnd);
  const month = findMonth(word);
  if (month === undefined || word === word.toLowerCase()) return undefined;
  let end = wordEnd;
  if (byteAt(window, end) === 0x2e) end++;
  if (byteAt(window, end) === 0x2d && isDigit(byteAt(window, end + 1))) {
    const number = readNumber(window, end + 1);
    if (number.length !== 2 && number.length !== 4) return undefined;
    return { end: number.end, pattern: 'month and year', year: undefined, month, day: undefined };
  }
  const number = readNumber(window, skipBlanks(window, end, 2));
  if (number.length === 4) {
    return {
      end: number.end,
      pattern: 'month and year',
      year: number.value,
      month,
      day: undefined,
    };
  }
  if (number.length === 1 || number.length === 2) {
    const dayEnd = skipOrdinal(window, number.end);
    const year = readYear(window, dayEnd, false);
    const pattern = year === undefined ? 'day and month' : 'month day year';
    return { end: year?.end ?? dayEnd, pattern, year: year?.value, month, day: number.value };
  }
  if (!followsPreposition(window, start)) return undefined;
  return { end: wordEnd, pattern: 'month', year: undefined, month, day: undefined };
}

function readYear(
  window: TextWindow,
  at: number,
  isHyphen: boolean,
): { value: number | undefined; end: number } | undefined {
  if (isHyphen) {
    if (byteAt(window, at) !== 0x2d) return undefined;
    const year = readNumber(window, at + 1);
    if (year.length === 2) return { value: undefined, end: year.end };
    return year.length === 4 ? year : undefined;
  }
  let i = at;
  if (byteAt(window, i) === 0x2e || byteAt(window, i) === 0x2c) i++;
  i = skipBlanks(window, i, 2);
  i = skipWord(window, i, ['de', 'of']);
  const year = i === at ? undefined : readNumber(window, i);
  return year?.length === 4 ? year : undefined;
}

/** A time of day behind a date, with seconds, fraction and offset (RFC 3339). */
function skipTime(window: TextWindow, at: number): number {
  const first = byteAt(window, at);
  if (first !== 0x54 && first !== 0x20 && first !== 0x74 && first !== 0x3a) return at;
  const number = (i: number): boolean =>
    isDigit(byteAt(window, i)) && isDigit(byteAt(window, i + 1));
  if (!number(at + 1) || byteAt(window, at + 3) !== 0x3a || !number(at + 4)) return at;
  let i = at + 6;
  if (byteAt(window, i) === 0x3a && number(i + 1)) i += 3;
  if (byteAt(window, i) === 0x2e || byteAt(window, i) === 0x2c) {
    let digits = 0;
    while (digits < 9 && isDigit(byteAt(window, i + 1 + digits))) digits++;
    if (digits > 0) i += digits + 1;
  }
  if (byteAt(window, i) === 0x5a) return i + 1;
  const sign = byteAt(window, i);
  if ((sign === 0x2b || sign === 0x2d) && number(i + 1)) {
    if (byteAt(window, i + 3) === 0x3a && number(i + 4)) return i + 6;
    return number(i + 3) ? i + 5 : i + 3;
  }
  return i;
}

function isRealDate({ year, month, day }: Pick<Parts, 'year' | 'month' | 'day'>): boolean {
  if (month !== undefined && (month < 1 || month > 12)) return false;
  if (day !== undefined && (day < 1 || day > daysIn(month, year))) return false;
  return year === undefined || (year >= 1000 && year < 3000);
}

function daysIn(month = 1, year = 2000): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether someone born in that year may be in a file. */
export function isLifetime(year: number): boolean {
  return year >= 1900 && year < 2030;
}

/** Day first, as most of the world writes, unless only the other way makes a date. */
function dayAndMonth(first: number, second: number): { day: number; month: number } {
  if (second > 12 && first <= 12) return { day: second, month: first };
  return { day: first, month: second };
}

interface DigitRun {
  readonly value: number;
  readonly length: number;
  readonly end: number;
}

function readNumber(window: TextWindow, start: number): DigitRun {
  let value = 0;
  let end = start;
  for (; end - start < 9 && isDigit(byteAt(window, end)); end++) {
    value = value * 10 + byteAt(window, end) - 48;
  }
  return { value, length: end - start, end };
}

function endOfWord(window: TextWindow, start: number): number {
  let end = start;
  while (end - start < maxWordBytes && isLetter(byteAt(window, end))) end++;
  return end;
}

function skipBlanks(window: TextWindow, at: number, most: number): number {
  let i = at;
  while (i - at < most && byteAt(window, i) === 0x20) i++;
  return i;
}

/** Skips one of `words` with the blank behind it. */
function skipWord(window: TextWindow, at: number, words: readonly string[]): number {
  for (const word of words) {
    const end = at + word.length;
    if (byteAt(window, end) !== 0x20) continue;
    if ([...word].every((char, n) => (byteAt(window, at + n) | 0x20) === char.charCodeAt(0))) {
      return end + 1;
    }
  }
  return at;
}

/** Skips `st`, `nd`, `rd`, `th` and the like. */
function skipOrdinal(window: TextWindow, at: number): number {
  const pair = String.fromCharCode(byteAt(window, at) | 0x20, byteAt(window, at + 1) | 0x20);
  if (['st', 'nd', 'rd', 'th', 'er'].includes(pair) && !isLetter(byteAt(window, at + 2)))
    return at + 2;
  return at;
}

const prepositions: ReadonlySet<string> = new Set(
  'in since until till by of last next this early late mid during before after im seit bis en em a depuis'.split(
    ' ',
  ),
);

function followsPreposition(window: TextWindow, start: number): boolean {
  if (byteAt(window, start - 1) !== 0x20) return false;
  let from = start - 1;
  while (start - from < 10 && isLetter(byteAt(window, from - 1))) from--;
  return prepositions.has(readWordText(window, from, start - 1));
}
