import { isAsciiLetter, isDigit, isLetter } from './byte-classes.ts';
import type { Behind } from './detector.ts';

/** What stands before a digit run, and so which forms may start with it. */
export const standing = { word: 0, value: 1, break: 2, token: 3, any: 4 } as const;

/** By `standing`: what a form may say of what stands behind it, to be read there. */
export const readBy: readonly (readonly Behind[])[] = [
  ['word', 'value', 'break', 'token', 'any'],
  ['value', 'break', 'token', 'any'],
  ['break', 'token', 'any'],
  ['token', 'any'],
  ['any'],
];

/** What a byte right before a value is. */
const kind = { space: 0, underscore: 1, escape: 2, letter: 3, free: 4, joint: 5, mark: 6 } as const;
/** What the byte before that is. */
const beyond = { letter: 0, point: 1, digit: 2, backslash: 3, other: 4 } as const;
/** Flags beside the kind of a byte before a value, see `kernel/assembly/forms.ts`. */
const isSeparator = 1 << 3;
const isOutside = 1 << 4;

/** By byte right before a value, then by byte before that: kinds for `standings`. */
export const beforeKinds = Uint8Array.from({ length: 512 }, (_, n) =>
  n < 256 ? kindOf(n) | flagsOf(n) : beyondOf(n - 256),
);

/** The standing by kind of the byte right before a value (8 each) and of the one before that. */
export const standings = Uint8Array.from({ length: 64 }, (_, n) => standingAt(n >>> 3, n & 7));

function kindOf(byte: number): number {
  if (byte === 0x20) return kind.space;
  if (byte === 0x5f) return kind.underscore;
  if (byte === 0x6e || byte === 0x72 || byte === 0x74) return kind.escape;
  if (isAsciiLetter(byte)) return kind.letter;
  if (byte === 0x2e || byte === 0x2d) return kind.joint;
  return byte === 0x24 || byte === 0x2b || isDigit(byte) ? kind.mark : kind.free;
}

function flagsOf(byte: number): number {
  const separates = byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0xa0;
  const joins = byte === 0x5f || isDigit(byte);
  return (separates ? isSeparator : 0) | (joins ? 0 : isOutside);
}

function beyondOf(byte: number): number {
  if (isLetter(byte)) return beyond.letter;
  if (byte === 0x2e || byte === 0x2c || byte === 0x2d) return beyond.point;
  if (isDigit(byte)) return beyond.digit;
  return byte === 0x5c ? beyond.backslash : beyond.other;
}

/** The same as `mayStartValue` for what is `value` or `word`. */
function standingAt(before: number, further: number): number {
  switch (before) {
    case kind.space:
      return further === beyond.letter || further === beyond.point ? standing.word : standing.value;
    case kind.underscore:
      return standing.token;
    case kind.escape:
      return further === beyond.backslash ? standing.token : standing.any;
    case kind.letter:
      return standing.any;
    case kind.joint:
      return further === beyond.letter || further === beyond.digit
        ? standing.break
        : standing.value;
    case kind.free:
      return standing.value;
    default:
      return standing.break;
  }
}
