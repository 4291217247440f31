import { isAsciiLetter, isLetter, isLower } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { kindsOf, nameKind } from './name-lists.ts';
import { readWordText } from './read-word-text.ts';

/** A word of a possible name: with hyphens and apostrophes inside, and the dot of an initial. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  /** Where the letters end. */
  readonly lettersEnd: number;
  /** Bits of `nameKind`. */
  readonly kinds: number;
  readonly isInitial: boolean;
  readonly isParticle: boolean;
  /** An ordinary word that no list of names has. */
  readonly isOrdinary: boolean;
}

const maxTokenBytes = 48;
const maxParticleBytes = 5;
/** Small beginnings that a capital follows: al-Masri, d'Arc. */
const arabicOrElided = /^(?:al|el|d['’]|l['’])-?\p{Lu}/u;

/**
 * Reads the word at `start`; undefined when none starts there, or one in small letters that is no
 * particle, unless any case will do.
 */
export function readTokenAt(
  window: TextWindow,
  start: number,
  options?: { anyCase: boolean },
): NameToken | undefined {
  const { bytes } = window;
  const most = Math.min(start + maxTokenBytes, window.end);
  let end = start;
  while (end < most && (letters[bytes[end] as number] === 1 || isTokenByte(window, end))) end++;
  return end === start ? undefined : makeToken(window, start, end, options?.anyCase);
}

/** Reads the word that ends before `end`, where a blank or the next word's start is. */
export function readTokenBefore(window: TextWindow, end: number): NameToken | undefined {
  const last = byteAt(window, end - 1) === 0x2e ? end - 1 : end;
  let start = last;
  const least = Math.max(last - maxTokenBytes, window.start);
  while (start > least) {
    const isLetter = letters[window.bytes[start - 1] as number] === 1;
    if (!isLetter && !isTokenByte(window, start - 1)) break;
    start--;
  }
  if (start === last) return undefined;
  const token = makeToken(window, start, last);
  // A dot before the blank ends a sentence, unless it shortens an initial or a title.
  if (last === end || token === undefined) return token;
  const isShort = token.isInitial || (token.kinds & (nameKind.title | nameKind.weakTitle)) !== 0;
  return isShort ? token : undefined;
}

/** The index after the blank behind a token, or -1 when something else follows. */
export function skipBlank(window: TextWindow, at: number): number {
  const byte = byteAt(window, at);
  if (byte === 0x20) return at + 1;
  return byte === 0xc2 && byteAt(window, at + 1) === 0xa0 ? at + 2 : -1;
}

function makeToken(
  window: TextWindow,
  start: number,
  end: number,
  anyCase = false,
): NameToken | undefined {
  // Most words around a name are in small letters, and too long for a particle.
  const isSmall = isLower(byteAt(window, start));
  const hasMark = byteAt(window, start + 1) === 0x27 || byteAt(window, start + 2) === 0x2d;
  if (isSmall && !anyCase && end - start > maxParticleBytes && !hasMark) return undefined;
  const kinds = kindsOfParts(window, start, end);
  const isParticle = (kinds & nameKind.particle) !== 0;
  const isCapital = !isSmall && startsWithCapital(window, start, end);
  if (!anyCase && !isCapital && !isParticle) {
    if (!hasMark || !arabicOrElided.test(readWordText(window, start, end))) return undefined;
  }
  const isInitial = isCapital && end - start <= (byteAt(window, start) < 0x80 ? 1 : 2);
  const isTitle = (kinds & (nameKind.title | nameKind.weakTitle)) !== 0;
  const hasDot = (isInitial || isTitle) && byteAt(window, end) === 0x2e;
  return {
    start,
    end: hasDot ? end + 1 : end,
    lettersEnd: end,
    kinds,
    isInitial,
    isParticle: isParticle && (kinds & nameKind.given) === 0,
    isOrdinary: (kinds & nameKind.ordinary) !== 0 && !isInitial && !isParticle,
  };
}

function startsWithCapital(window: TextWindow, start: number, end: number): boolean {
  if (byteAt(window, start) < 0x80) return true;
  const [first = ''] = readWordText(window, start, end);
  return first !== first.toLowerCase();
}

/** The word itself, without the dot behind it. */
export function textOf(window: TextWindow, { start, lettersEnd }: NameToken): string {
  return readWordText(window, start, lettersEnd);
}

/** Whether a word of two letters or more has no small one. */
export function isAllCapitals({ bytes }: TextWindow, { start, lettersEnd }: NameToken): boolean {
  for (let i = start; i < lettersEnd; i++) if (isLower(bytes[i] as number)) return false;
  return lettersEnd - start > 1;
}

/** A compound is what any of its parts is: Anne-Marie, Watson-Parker. */
function kindsOfParts(window: TextWindow, start: number, end: number): number {
  const { bytes } = window;
  let kinds = 0;
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && bytes[i] !== 0x2d) continue;
    kinds |= kindsOf(bytes, from, i);
    if (i < end) from = i + 1;
  }
  const isName = (kinds & (nameKind.given | nameKind.surname)) !== 0;
  if (!isName || from === start) return kinds;
  return kinds & ~(nameKind.ordinary | nameKind.ambiguousGiven | nameKind.ambiguousSurname);
}

const letters = new Uint8Array(256);
for (let byte = 0; byte < 0x80; byte++) letters[byte] = isAsciiLetter(byte) ? 1 : 0;

function isTokenByte(window: TextWindow, at: number): boolean {
  const byte = byteAt(window, at);
  if (isAsciiLetter(byte)) return true;
  if (byte >= 0x80) return !isPunctuation(window, at);
  if (byte !== 0x2d && byte !== 0x27) return false;
  const next = byteAt(window, at + 1);
  if (!isLetter(byteAt(window, at - 1)) || !isLetter(next)) return false;
  // The s of a genitive is not part of the name.
  return !(byte === 0x27 && (next | 0x20) === 0x73 && !isLetter(byteAt(window, at + 2)));
}

/** Bytes of the punctuation in U+0080–00BF and U+2000–206F, quotes and dashes above all. */
function isPunctuation(window: TextWindow, at: number): boolean {
  let lead = at;
  while (at - lead < 3 && (byteAt(window, lead) & 0xc0) === 0x80) lead--;
  const byte = byteAt(window, lead);
  if (byte === 0xc2) return true;
  return byte === 0xe2 && (byteAt(window, lead + 1) === 0x80 || byteAt(window, lead + 1) === 0x81);
}
