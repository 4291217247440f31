import { isLetterOrDigit, isSpace } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { alphabets, byteTable } from './token-format.ts';

const maxKeyBytes = 48;
const maxTypeBytes = 24;
const maxPadding = 24;
const maxIndent = 80;
const newline = 0x0a;
const colon = 0x3a;
const equals = 0x3d;
const greater = 0x3e;
const backslash = 0x5c;

const keyChars = byteTable(alphabets['word'] ?? '');
keyChars[0x2d] = 1;
keyChars[0x2e] = 1;
const quotes = byteTable('"\'`');
const closers = byteTable('"\'`\\[])');
const operators = byteTable('=:>|,?!.+');
/** Any of these and blanks. */
const mayFollowKey = closers.map((closes, byte) => closes | (operators[byte] as number));
mayFollowKey[0x20] = 1;
mayFollowKey[0x09] = 1;
const typeChars = byteTable(`${alphabets['word']}*&[].`);

/** Where a value starts that is assigned to a name; `keyEnd` is where the name ends. */
export interface Assignment {
  keyEnd: number;
  value: number;
}

/**
 * Finds the value that a name is given whose first part ends at `from`: `name = "value"` and its
 * likes in code (also with a type, `:=`, `=>`, `||`), JSON, YAML, INI, shell, XML elements, and
 * calls such as `set("name", "value")`. Escaped quotes count as quotes.
 */
export function findAssignedValue(window: TextWindow, from: number): Assignment | undefined {
  let i = from;
  while (i - from < maxKeyBytes && keyChars[byteAt(window, i)] === 1) i++;
  const keyEnd = i;
  const mark = byteAt(window, i);
  if (mayFollowKey[mark] === 0) return undefined;
  if (mark === 0x2c && quotes[byteAt(window, i - 1)] === 0) return undefined;
  while (i - keyEnd < 4 && closers[byteAt(window, i)] === 1) i++;
  const isQuoted = quotes[byteAt(window, i - 1)] === 1;
  const gap = skipBlanks(window, i, maxPadding);
  let after = readOperator(window, gap, isQuoted);
  if (after < 0) after = gap > i ? readOperatorAfterType(window, gap) : -1;
  else if (after === gap + 1 && byteAt(window, gap) === colon) {
    // In `name: Type = value` the colon only introduces the type.
    const typed = readOperatorAfterType(window, skipBlanks(window, after, 2));
    if (typed > 0) after = typed;
  }
  if (after < 0) return undefined;
  const value = openValue(window, after);
  return value < 0 ? undefined : { keyEnd, value };
}

/** Gives the index after an operator that assigns, or -1. */
function readOperator(window: TextWindow, start: number, isQuoted: boolean): number {
  let i = start;
  let assigns = false;
  while (i - start < 5 && operators[byteAt(window, i)] === 1) {
    const byte = byteAt(window, i);
    if (byte === 0x2c) {
      if (!isQuoted || i > start) return -1;
      return i + 1;
    }
    assigns ||= byte === equals || byte === colon || byte === greater || byte === 0x7c;
    i++;
  }
  return assigns ? i : -1;
}

function readOperatorAfterType(window: TextWindow, start: number): number {
  let i = start;
  while (i - start < maxTypeBytes && typeChars[byteAt(window, i)] === 1) i++;
  if (i === start) return -1;
  const gap = skipBlanks(window, i, maxPadding);
  if (gap === i) return -1;
  const isAssignment = byteAt(window, gap) === equals && byteAt(window, gap + 1) !== equals;
  return isAssignment && byteAt(window, gap + 1) !== greater ? gap + 1 : -1;
}

/** Skips what may stand between an operator and a value: blanks, one line break, quotes. */
function openValue(window: TextWindow, from: number): number {
  let i = skipBlanks(window, from, maxPadding);
  const opensBlock = byteAt(window, from - 1) === greater || byteAt(window, i) === 0x7c;
  if (opensBlock) {
    if (byteAt(window, i) === 0x7c) i = skipBlanks(window, i + 1, 4);
    if (byteAt(window, i) === 0x0d) i++;
    if (byteAt(window, i) === newline) i = skipBlanks(window, i + 1, maxIndent);
  }
  if (isQuotePrefix(window, i)) i++;
  let marks = 0;
  while (marks < 4 && (quotes[byteAt(window, i)] === 1 || byteAt(window, i) === backslash)) {
    i++;
    marks++;
  }
  return isSpace(byteAt(window, i)) || byteAt(window, i) === 0 ? -1 : i;
}

/** `b"…"`, `r'…'`, `@"…"` and the like. */
function isQuotePrefix(window: TextWindow, at: number): boolean {
  const byte = byteAt(window, at);
  return (byte === 0x40 || isLetterOrDigit(byte)) && quotes[byteAt(window, at + 1)] === 1;
}

/** Gives the index of the first byte from `start` on that is no space or tab. */
export function skipBlanks(window: TextWindow, start: number, most: number): number {
  let i = start;
  while (i - start < most && (byteAt(window, i) === 0x20 || byteAt(window, i) === 0x09)) i++;
  return i;
}
