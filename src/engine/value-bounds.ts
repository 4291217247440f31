import { isDigit, isLetterOrDigit, isLower } from './byte-classes.ts';
import { byteAt, type TextWindow } from './detector.ts';

/** Whether what was read is a value of its own. */
export const wholeness = {
  part: 0,
  /** Written with blanks, and more digits stand beside it after a blank. */
  wholeUnlessGrouped: 1,
  whole: 2,
} as const;

/** Tells how whole the value between `start` and `end` is, given what stands around it. */
export function wholenessOf(window: TextWindow, start: number, end: number): number {
  if (!mayStartValue(window, start) || !mayEndValue(window, end)) return wholeness.part;
  const isBesideDigits =
    hasBlankBetweenDigits(window, start - 1) || hasBlankBetweenDigits(window, end);
  return isBesideDigits && hasBlank(window, start, end)
    ? wholeness.wholeUnlessGrouped
    : wholeness.whole;
}

function hasBlank({ bytes }: TextWindow, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 0x20) return true;
  return false;
}

function hasBlankBetweenDigits(window: TextWindow, index: number): boolean {
  if (byteAt(window, index) !== 0x20) return false;
  return isDigit(byteAt(window, index - 1)) && isDigit(byteAt(window, index + 1));
}

/**
 * Tells whether a number or code may start at `start`: not inside a word, a longer number, an
 * identifier, a fraction or a signed number, and not an amount of money.
 */
export function mayStartValue(window: TextWindow, start: number): boolean {
  const before = byteAt(window, start - 1);
  if (before === 0x20 || before === 0x0a || before === 0) return true;
  if (before === 0x5f || before === 0x24 || (before < 0x80 && isLetterOrDigit(before)))
    return false;
  if (before !== 0x2e && before !== 0x2d && before !== 0x2b) return true;
  return before !== 0x2b && !isLetterOrDigit(byteAt(window, start - 2));
}

/** Tells whether a number or code may end before `end`, by the same rules. */
export function mayEndValue(window: TextWindow, end: number): boolean {
  const after = byteAt(window, end);
  if (after === 0x5f || (after < 0x80 && isLetterOrDigit(after))) return false;
  if (after !== 0x2d && after !== 0x2e) return true;
  const beyond = byteAt(window, end + 1);
  return !(isDigit(beyond) || isLower(beyond) || (after === 0x2d && isLetterOrDigit(beyond)));
}

/** Tells whether the value at `start` looks like a step of a path or a part of an address. */
export function isInPath(window: TextWindow, start: number): boolean {
  return byteAt(window, start - 1) === 0x2f;
}
