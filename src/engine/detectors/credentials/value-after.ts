import { isAsciiLetter } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { skipBlanks } from './assigned-value.ts';
import { alphabets, byteTable } from './token-format.ts';

/** A value without its quotes; indices of the window. */
export interface Value {
  start: number;
  end: number;
  quoted: boolean;
}

export const minValueBytes = 6;
export const maxValueBytes = 256;

const newline = 0x0a;
const equals = 0x3d;
const ampersand = 0x26;
const backslash = 0x5c;

const quotes = byteTable('"\'`');
const wordChars = byteTable(alphabets['word'] ?? '');
/** What ends a value without quotes; what opens anything but a value. */
const stops = byteTable(' \t\r\n"\'`;,<\\\0');
const noOpeners = byteTable(' \t\r\n{[(<;,&|!?=:+*/)]}\0');

/**
 * Reads the value that starts at `from`, after blanks and (in an element) a line break: up to its
 * closing quote, or without quotes up to what cannot be in a value. Undefined when it is shorter
 * or longer than values are.
 */
export function readValue(window: TextWindow, from: number, inElement: boolean): Value | undefined {
  let i = skipBlanks(window, from, 24);
  if (inElement) {
    if (byteAt(window, i) === 0x0d) i++;
    if (byteAt(window, i) === newline) i = skipBlanks(window, i + 1, 80);
  }
  const opener = byteAt(window, i);
  const prefixed = isAsciiLetter(opener) || opener === 0x40;
  if (prefixed && quotes[byteAt(window, i + 1)] === 1) i++;
  const escapes = byteAt(window, i) === backslash && quotes[byteAt(window, i + 1)] === 1;
  const start = escapes ? i + 1 : i;
  const quote = byteAt(window, start);
  const quoted = quotes[quote] === 1;
  if (!quoted && noOpeners[quote] === 1) return undefined;
  const first = quoted ? start + 1 : start;
  for (let end = first; end - first <= maxValueBytes; end++) {
    const byte = byteAt(window, end);
    const isOver = quoted
      ? byte === quote || byte === newline || byte === 0
      : stops[byte] === 1 || (byte === ampersand && startsParameter(window, end + 1));
    if (!isOver) continue;
    if (quoted && byte !== quote) return undefined;
    const last = escapes ? end - 1 : end;
    return last - first < minValueBytes ? undefined : { start: first, end: last, quoted };
  }
  return undefined;
}

/** `name=` after `&` in the query of an address. */
function startsParameter(window: TextWindow, start: number): boolean {
  let i = start;
  while (i - start < 32 && wordChars[byteAt(window, i)] === 1) i++;
  return i > start && byteAt(window, i) === equals;
}
