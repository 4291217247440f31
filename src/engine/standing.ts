import { isAsciiLetter, isDigit, isLetter } from './byte-classes.ts';
import type { Behind } from './detector.ts';

/** What stands right before a digit run, and so which forms may start with it. */
export const standing = {
  /** A blank behind a letter, a dot, a comma or a hyphen. */
  word: 0,
  /** Another blank. */
  blank: 1,
  /** The text's beginning, a line's, a quotation mark, a bracket, a character beyond ASCII. */
  free: 2,
  /** `=` or `[`. */
  assigned: 3,
  /** A colon behind a digit. */
  time: 4,
  /** A slash behind a letter or a digit. */
  pathLetter: 5,
  pathDigit: 6,
  /** A hyphen, a dot or a slash behind anything else. */
  sign: 7,
  /** A dollar or plus sign. */
  mark: 8,
  /** A hyphen or a dot behind a letter or a digit. */
  joinedLetter: 9,
  joinedDigit: 10,
  /** An underscore, or the letter of an escape such as `\n`. */
  token: 11,
  letter: 12,
} as const;

export const standingCount = 13;
/** Standings below this one are where a value may start, as `mayStartValue` tells. */
export const standingOfValues = standing.mark;

const { word, blank, free, assigned, time, pathLetter, pathDigit } = standing;
const { sign, mark, joinedLetter, joinedDigit, token, letter } = standing;
const value = [word, blank, free, assigned, time, pathLetter, pathDigit, sign];
const open = [word, blank, free];
const apart = [...open, assigned, pathLetter, sign, mark, joinedLetter];

/** The standings that each `Behind` allows. */
export const allowedBy: Readonly<Record<Behind, readonly number[]>> = {
  word: [word],
  open: [...open, time],
  clear: [...open, assigned, sign, mark],
  apart,
  value,
  break: [...value, mark, joinedLetter],
  token: [...value, mark, joinedLetter, joinedDigit, token],
  any: [...value, mark, joinedLetter, joinedDigit, token, letter],
};

/** What a byte right before a value is. */
const before = {
  blank: 0,
  underscore: 1,
  escape: 2,
  letter: 3,
  free: 4,
  joint: 5,
  slash: 6,
  colon: 7,
  assigned: 8,
  mark: 9,
} as const;
/** What the byte before that is. */
const beyond = { letter: 0, point: 1, digit: 2, backslash: 3, other: 4 } as const;
/** Flags beside the kind of a byte before a value, see `kernel/assembly/forms.ts`. */
const separates = 1 << 4;
const isOutside = 1 << 5;

/** By byte right before a value, then by byte before that: kinds for `standings`. */
export const beforeKinds = Uint8Array.from({ length: 512 }, (_, n) =>
  n < 256 ? kindOf(n) | flagsOf(n) : beyondOf(n - 256),
);

/** The standing by kind of the byte right before a value (8 each) and of the one before that. */
export const standings = Uint8Array.from({ length: 128 }, (_, n) => standingAt(n >>> 3, n & 7));

function kindOf(byte: number): number {
  if (byte === 0x20) return before.blank;
  if (byte === 0x5f) return before.underscore;
  if (byte === 0x6e || byte === 0x72 || byte === 0x74) return before.escape;
  if (isAsciiLetter(byte)) return before.letter;
  if (byte === 0x2e || byte === 0x2d) return before.joint;
  if (byte === 0x2f) return before.slash;
  if (byte === 0x3a) return before.colon;
  if (byte === 0x3d || byte === 0x5b) return before.assigned;
  return byte === 0x24 || byte === 0x2b || isDigit(byte) ? before.mark : before.free;
}

function flagsOf(byte: number): number {
  const isSeparator = byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0xa0;
  const joins = byte === 0x5f || isDigit(byte);
  return (isSeparator ? separates : 0) | (joins ? 0 : isOutside);
}

function beyondOf(byte: number): number {
  if (isLetter(byte)) return beyond.letter;
  if (byte === 0x2e || byte === 0x2c || byte === 0x2d) return beyond.point;
  if (isDigit(byte)) return beyond.digit;
  return byte === 0x5c ? beyond.backslash : beyond.other;
}

function standingAt(kind: number, further: number): number {
  const isBehind = { letter: further === beyond.letter, digit: further === beyond.digit };
  switch (kind) {
    case before.blank:
      return isBehind.letter || further === beyond.point ? word : blank;
    case before.underscore:
      return token;
    case before.escape:
      return further === beyond.backslash ? token : letter;
    case before.letter:
      return letter;
    case before.joint:
      return isBehind.letter ? joinedLetter : isBehind.digit ? joinedDigit : sign;
    case before.slash:
      return isBehind.letter ? pathLetter : isBehind.digit ? pathDigit : sign;
    case before.colon:
      return isBehind.digit ? time : free;
    case before.assigned:
      return assigned;
    case before.free:
      return free;
    default:
      return mark;
  }
}
