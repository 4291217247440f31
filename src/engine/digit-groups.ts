import { isDigit } from './byte-classes.ts';
import { byteAt, type TextWindow } from './detector.ts';

/** More than the longest number any detector takes. */
const maxDigits = 24;

/** Digits that are written in one run or in groups; reused, so read it before the next parse. */
export interface DigitGroups {
  /** Digit values 0–9; the first `count` count. */
  readonly digits: Uint8Array;
  count: number;
  /** Lengths of the groups and the index after each; the first `groupCount` count. */
  readonly groups: Uint8Array;
  readonly groupEnds: Float64Array;
  groupCount: number;
  /** The byte between groups: space or hyphen (0xa0 for a no-break space); 0 if there is none. */
  separator: number;
}

/** Makes room for one parse after another. */
export function createDigitGroups(): DigitGroups {
  return {
    digits: new Uint8Array(maxDigits),
    count: 0,
    groups: new Uint8Array(maxDigits),
    groupEnds: new Float64Array(maxDigits),
    groupCount: 0,
    separator: 0,
  };
}

/**
 * Reads digits from `start` on, in groups with the same single separator between them. It stops
 * before the group with which there would be more than 24; gives false when that is the first.
 */
export function parseDigitGroups(into: DigitGroups, window: TextWindow, start: number): boolean {
  into.count = 0;
  into.groupCount = 0;
  into.separator = 0;
  let i = start;
  for (;;) {
    const before = into.count;
    for (let byte = byteAt(window, i); isDigit(byte); byte = byteAt(window, ++i)) {
      if (into.count === maxDigits) {
        into.count = before;
        return before > 0;
      }
      into.digits[into.count++] = byte - 0x30;
    }
    into.groups[into.groupCount] = into.count - before;
    into.groupEnds[into.groupCount++] = i;
    const separator = separatorAt(window, i);
    if (separator === 0 || (into.separator !== 0 && separator !== into.separator)) return true;
    const next = i + (separator === 0xa0 ? 2 : 1);
    if (!isDigit(byteAt(window, next)) || into.groupCount === maxDigits) return true;
    into.separator = separator;
    i = next;
  }
}

function separatorAt(window: TextWindow, index: number): number {
  const byte = byteAt(window, index);
  if (byte === 0x20 || byte === 0x2d) return byte;
  return byte === 0xc2 && byteAt(window, index + 1) === 0xa0 ? 0xa0 : 0;
}
