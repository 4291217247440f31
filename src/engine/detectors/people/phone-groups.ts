import { isDigit } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';

/** No number with its prefixes has more digits (E.164: 15, and up to three before them). */
const maxDigits = 18;
const maxGroups = 8;
const maxSeparators = 3;

/** The digits of a phone number as it is written: in groups, with what stands between them. */
export interface PhoneGroups {
  readonly groups: readonly string[];
  /** The index after each group, with the bracket that closes it. */
  readonly ends: readonly number[];
  /** What stands after each group but the last: separators as one kind, see `separatorKind`. */
  readonly separators: readonly string[];
  /** Position of the group in brackets, -1 when there is none. */
  readonly bracketed: number;
  readonly isInternational: boolean;
  /** More digits follow than a number has. */
  readonly isCut: boolean;
}

/**
 * Reads groups of digits from `start` (a digit, `+` or an opening bracket) on. Between groups stand
 * up to three blanks, hyphens, dots or slashes; one group may be in brackets.
 */
export function readPhoneGroups(window: TextWindow, start: number): PhoneGroups | undefined {
  const groups: string[] = [];
  const ends: number[] = [];
  const separators: string[] = [];
  let bracketed = -1;
  let digits = 0;
  let i = start;
  let isOpen = false;
  if (byteAt(window, i) === 0x28) {
    isOpen = true;
    i++;
  }
  const isInternational = byteAt(window, i) === 0x2b;
  if (isInternational) i++;
  if (!isOpen && byteAt(window, i) === 0x28) {
    isOpen = true;
    i++;
  }
  for (;;) {
    let group = '';
    while (isDigit(byteAt(window, i)) && group.length <= maxDigits) {
      group += String.fromCharCode(byteAt(window, i++));
    }
    if (group === '') break;
    digits += group.length;
    if (digits > maxDigits || groups.length === maxGroups) {
      return groups.length === 0
        ? undefined
        : { groups, ends, separators, bracketed, isInternational, isCut: true };
    }
    groups.push(group);
    if (isOpen) {
      if (byteAt(window, i) !== 0x29 || bracketed >= 0) return undefined;
      bracketed = groups.length - 1;
      isOpen = false;
      i++;
    }
    ends.push(i);
    let next = i;
    let kind = bracketed === groups.length - 1 ? ')' : '';
    for (let n = 0; n < maxSeparators; n++) {
      const size = separatorSize(window, next);
      if (size === 0) break;
      kind = mergeKind(kind, window, next);
      next += size;
    }
    if (byteAt(window, next) === 0x28 && bracketed < 0) {
      isOpen = true;
      next++;
    }
    if (!isDigit(byteAt(window, next)) || kind === '?') break;
    if (kind === '' && !isOpen) break;
    separators.push(kind === '' ? '(' : kind);
    i = next;
  }
  if (groups.length === 0 || isOpenEnd(groups, bracketed)) return undefined;
  return {
    groups,
    ends,
    separators: separators.slice(0, groups.length - 1),
    bracketed,
    isInternational,
    isCut: false,
  };
}

function isOpenEnd(groups: readonly string[], bracketed: number): boolean {
  return bracketed === groups.length - 1 && groups.length > 1;
}

/** Bytes of the separator at `at`, 0 if there is none: blank, tab, hyphens, dot, slash, no-break space. */
function separatorSize(window: TextWindow, at: number): number {
  const byte = byteAt(window, at);
  if (byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0x2f || byte === 0x09) return 1;
  if (byte === 0xc2 && byteAt(window, at + 1) === 0xa0) return 2;
  if (byte !== 0xe2) return 0;
  const second = byteAt(window, at + 1);
  const third = byteAt(window, at + 2);
  // Hyphens and dashes U+2010 to U+2014, narrow no-break space U+202F.
  return second === 0x80 && ((third >= 0x90 && third <= 0x94) || third === 0xaf) ? 3 : 0;
}

/** Blanks around another separator belong to it; two different ones (`?`) end a number. */
function mergeKind(kind: string, window: TextWindow, at: number): string {
  const byte = byteAt(window, at);
  const isBlank = byte === 0x20 || byte === 0x09 || byte === 0xc2;
  const own =
    isBlank || (byte === 0xe2 && byteAt(window, at + 2) === 0xaf)
      ? ' '
      : byte === 0xe2
        ? '-'
        : String.fromCharCode(byte);
  if (kind === '' || kind === ')' || kind === own) return kind === ')' ? ')' : own;
  if (own === ' ') return kind;
  return kind === ' ' ? own : '?';
}

const looked = { lengths: new Uint8Array(5), separators: new Uint8Array(5) };

/**
 * Tells, without reading them out, whether digits from `start` on have a phone number's length and
 * are no date, dotted quad or decimal; most runs of digits in logs and tables end here.
 */
export function mayBePhone(window: TextWindow, start: number): boolean {
  const { lengths, separators } = looked;
  let runs = 0;
  let digits = 0;
  let i = start;
  while (digits <= maxDigits) {
    let length = 0;
    while (isDigit(byteAt(window, i))) {
      i++;
      if (++length > maxDigits) return false;
    }
    digits += length;
    if (runs < 5) {
      lengths[runs] = length;
      separators[runs] = byteAt(window, i);
    }
    runs++;
    let n = 0;
    while (n < 5 && isJoint(byteAt(window, i + n))) n++;
    if (n === 0 || n === 5 || !isDigit(byteAt(window, i + n))) break;
    i += n;
  }
  if (digits < 7) return false;
  return runs < 3 ? !(runs === 2 && separators[0] === 0x2e) : !isDateOrQuad(runs);
}

function isDateOrQuad(runs: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = looked.lengths;
  const [first, second, third] = looked.separators;
  if (first !== second) return false;
  if (first === 0x2e && third === 0x2e && runs > 3)
    return a <= 3 && b <= 3 && c <= 3 && d <= 3 && runs < 5;
  if (first === 0x20) return false;
  return (a === 4 && b <= 2 && c <= 2) || (a <= 2 && b <= 2 && c === 4);
}

/** What may stand between two groups of digits. */
function isJoint(byte: number): boolean {
  return (
    byte === 0x20 ||
    (byte >= 0x2d && byte <= 0x2f) ||
    byte === 0x28 ||
    byte === 0x29 ||
    byte >= 0x80
  );
}
