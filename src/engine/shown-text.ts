/** What a character may be a part of, as bits. */
const kind = {
  /** A letter or number, which is what hiding hides. */
  hideable: 1,
  digit: 2,
  /** Stands between the digits of a number. */
  joint: 4,
  token: 8,
  /** Is no part of an address. */
  endsAddress: 16,
  /** A blank or control, or a mark that changes how text runs or hides it. */
  blank: 32,
  /** Only tells that the others were looked up. */
  known: 128,
} as const;

const expressions: readonly [number, RegExp][] = [
  [kind.hideable, /[\p{L}\p{N}]/u],
  [kind.digit, /\d/u],
  [kind.joint, /[ \t\u00a0.\-/]/u],
  [kind.token, /[\p{L}\p{N}_+/=-]/u],
  [kind.endsAddress, /[\s"'<>(),;]/u],
  [kind.blank, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]/u],
];

const leastNumberDigits = 7;
const mostJoints = 2;
const leastTokenChars = 16;
const mostAddressSideChars = 128;
const at = 0x40;
const star = 0x2a;
const space = 0x20;
const replacement = 0xfffd;
/** By character of the basic plane, looked up when first met. */
const kindsByPoint = new Uint8Array(0x1_0000);

/**
 * A short text on its way to be shown on one line, of at most as many UTF-16 code units as it was
 * made for. What merely looks like a value is hidden: anything around an `@`, seven or more digits,
 * and long tokens with a digit.
 */
export class ShownText {
  readonly #points: Uint32Array;
  readonly #kinds: Uint8Array;
  #length = 0;

  constructor(maxUnits: number) {
    this.#points = new Uint32Array(maxUnits);
    this.#kinds = new Uint8Array(maxUnits);
  }

  /** Gives the first characters of a text, runs of blanks as one. */
  first(text: string, most: number): string {
    this.#read(text, 0, afterFirst(text, most));
    return this.#show(0, most);
  }

  /** Gives the last characters of a text, runs of blanks as one. */
  last(text: string, most: number): string {
    this.#read(text, beforeLast(text, most), text.length);
    let from = this.#length;
    let count = 0;
    let isBeforeBlank = false;
    while (from > 0) {
      const isBlank = this.#isBlank(from - 1);
      if (!(isBlank && isBeforeBlank) && count++ === most) break;
      isBeforeBlank = isBlank;
      from--;
    }
    return this.#show(from, most);
  }

  #show(from: number, most: number): string {
    const units: number[] = [];
    let count = 0;
    let isAfterBlank = false;
    for (let n = from; n < this.#length && count < most; n++) {
      const isBlank = this.#isBlank(n);
      if (isBlank && isAfterBlank) continue;
      isAfterBlank = isBlank;
      count++;
      const point = this.#points[n] as number;
      if (isBlank || point === replacement) units.push(space);
      else if (point < 0x1_0000) units.push(point);
      else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    }
    return String.fromCharCode(...units);
  }

  #read(text: string, from: number, to: number): void {
    const points = this.#points;
    const kinds = this.#kinds;
    let length = 0;
    let digits = 0;
    let hasAddress = false;
    for (let n = from; n < to; n++) {
      let point = text.charCodeAt(n);
      if (point >= 0xd800 && point < 0xdc00) {
        point = text.codePointAt(n) as number;
        if (point >= 0x1_0000) n++;
      }
      const found = kindsOf(point);
      if ((found & kind.digit) !== 0) digits++;
      if (point === at) hasAddress = true;
      points[length] = point;
      kinds[length++] = found;
    }
    this.#length = length;
    if (hasAddress) this.#hideAddresses();
    if (digits >= leastNumberDigits) this.#hideNumbers();
    if (digits > 0) this.#hideTokens();
  }

  #isBlank(index: number): boolean {
    return ((this.#kinds[index] as number) & kind.blank) !== 0;
  }

  #hideAddresses(): void {
    const points = this.#points;
    let end = 0;
    for (let sign = 0; sign < this.#length; sign++) {
      if (points[sign] !== at) continue;
      let start = sign;
      const least = Math.max(end, sign - mostAddressSideChars);
      while (start > least && this.#isOfAddress(start - 1)) start--;
      // Of several signs the last one that is near enough to the start has the text after it.
      let last = sign;
      for (end = sign + 1; end <= start + mostAddressSideChars && this.#isOfAddress(end); end++) {
        if (points[end] === at) last = end;
      }
      end = last + 1;
      while (end <= last + mostAddressSideChars && this.#isOfAddress(end)) end++;
      this.#hide(start, end);
      sign = end - 1;
    }
  }

  #isOfAddress(index: number): boolean {
    return index < this.#length && ((this.#kinds[index] as number) & kind.endsAddress) === 0;
  }

  #hideNumbers(): void {
    const kinds = this.#kinds;
    for (let start = 0; start < this.#length; start++) {
      if (((kinds[start] as number) & kind.digit) === 0) continue;
      let digits = 0;
      let end = start;
      for (let next = start; next < this.#length; ) {
        const isDigit = ((kinds[next] as number) & kind.digit) !== 0;
        const isJoint = ((kinds[next] as number) & kind.joint) !== 0;
        if (!isDigit && !(isJoint && next - end < mostJoints)) break;
        next++;
        if (!isDigit) continue;
        digits++;
        end = next;
      }
      if (digits >= leastNumberDigits) this.#hide(start, end);
      start = end - 1;
    }
  }

  #hideTokens(): void {
    const kinds = this.#kinds;
    let start = 0;
    let hasDigit = false;
    for (let n = 0; n <= this.#length; n++) {
      const found = n < this.#length ? (kinds[n] as number) : 0;
      if ((found & kind.token) !== 0) {
        if ((found & kind.digit) !== 0) hasDigit = true;
        continue;
      }
      if (hasDigit && n - start >= leastTokenChars) this.#hide(start, n);
      start = n + 1;
      hasDigit = false;
    }
  }

  #hide(start: number, end: number): void {
    for (let n = start; n < end; n++) {
      if (((this.#kinds[n] as number) & kind.hideable) === 0) continue;
      this.#points[n] = star;
      this.#kinds[n] = kindsOf(star);
    }
  }
}

/** Puts a text on one line: runs of blanks become one, and what was undecodable a blank. */
export function toOneLine(text: string): string {
  let line = '';
  let isAfterBlank = false;
  for (const char of text) {
    const point = char.codePointAt(0) as number;
    const isBlank = (kindsOf(point) & kind.blank) !== 0;
    if (!(isBlank && isAfterBlank)) line += isBlank || point === replacement ? ' ' : char;
    isAfterBlank = isBlank;
  }
  return line;
}

/**
 * Gives where a text can be cut after its first characters, blanks not counted, such that what is
 * behind makes no difference to what is hidden before.
 */
function afterFirst(text: string, most: number): number {
  let count = 0;
  for (let n = 0; n < text.length; n++) {
    if (count >= most && mayCut(text, n)) return n;
    if ((kindsOf(text.charCodeAt(n)) & kind.blank) === 0) count++;
  }
  return text.length;
}

/** Gives where a text can be cut before its last characters, in the same way. */
function beforeLast(text: string, most: number): number {
  let count = 0;
  for (let n = text.length - 1; n > 0; n--) {
    if ((kindsOf(text.charCodeAt(n)) & kind.blank) === 0) count++;
    if (count >= most && mayCut(text, n)) return n;
  }
  return 0;
}

/** Whether nothing that is hidden as a whole can stand on both sides of an index. */
function mayCut(text: string, index: number): boolean {
  const before = kindsOf(text.charCodeAt(index - 1));
  const after = kindsOf(text.charCodeAt(index));
  return (before & kind.endsAddress) !== 0 && (after & (kind.digit | kind.joint)) === 0;
}

function kindsOf(point: number): number {
  if (point >= kindsByPoint.length) return lookUpKinds(point);
  const kinds = kindsByPoint[point] as number;
  if (kinds !== 0) return kinds;
  const found = lookUpKinds(point);
  kindsByPoint[point] = found;
  return found;
}

function lookUpKinds(point: number): number {
  const char = String.fromCodePoint(point);
  let kinds: number = kind.known;
  for (const [bit, expression] of expressions) if (expression.test(char)) kinds |= bit;
  return kinds;
}
