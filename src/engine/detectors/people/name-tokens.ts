import { isLetter } from '../../byte-classes.ts';
import { byteAt, type TextWindow } from '../../detector.ts';
import { kindsOf, nameKind } from './name-lists.ts';
import { isOrdinaryWord, particles } from './name-words.ts';

/** A word of a possible name: with hyphens and apostrophes inside, and the dot of an initial. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Bits of `nameKind`. */
  readonly kinds: number;
  readonly isInitial: boolean;
  readonly isParticle: boolean;
  /** An ordinary word that no list of names has. */
  readonly isOrdinary: boolean;
}

const maxTokenBytes = 48;
const decoder = new TextDecoder();

/**
 * Reads the word at `start`; undefined when none starts there, or one in small letters that is no
 * particle, unless any case will do.
 */
export function readTokenAt(
  window: TextWindow,
  start: number,
  { anyCase = false }: { anyCase?: boolean } = {},
): NameToken | undefined {
  let end = start;
  while (end - start < maxTokenBytes && isTokenByte(window, end)) end++;
  return end === start ? undefined : makeToken(window, start, end, anyCase);
}

/** Reads the word that ends before `end`, where a blank or the next word's start is. */
export function readTokenBefore(window: TextWindow, end: number): NameToken | undefined {
  const last = byteAt(window, end - 1) === 0x2e ? end - 1 : end;
  let start = last;
  while (last - start < maxTokenBytes && isTokenByte(window, start - 1)) start--;
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
  const text = decoder.decode(window.bytes.subarray(start, end));
  const small = text.toLowerCase();
  const isParticle = particles.has(small);
  const [first = ''] = text;
  const isCapital = first !== first.toLowerCase();
  if (!anyCase && !isCapital && !isParticle && !/^(?:al|el|d['’]|l['’])[-]?\p{Lu}/u.test(text))
    return undefined;
  const isInitial = [...text].length === 1 && isCapital;
  const hasDot = byteAt(window, end) === 0x2e;
  const kinds = kindsOfParts(text);
  const isTitle = (kinds & (nameKind.title | nameKind.weakTitle)) !== 0;
  return {
    start,
    end: hasDot && (isInitial || isTitle) ? end + 1 : end,
    text,
    kinds,
    isInitial,
    isParticle: isParticle && (kinds & nameKind.given) === 0,
    isOrdinary: kinds === 0 && !isInitial && !isParticle && isOrdinaryWord(small),
  };
}

/** A compound is what any of its parts is: Anne-Marie, Watson-Parker. */
function kindsOfParts(text: string): number {
  const whole = kindsOf(text);
  if (whole !== 0 || !text.includes('-')) return whole;
  return text.split('-').reduce((kinds, part) => kinds | kindsOf(part), 0);
}

function isTokenByte(window: TextWindow, at: number): boolean {
  const byte = byteAt(window, at);
  if (byte >= 0x80) return !isPunctuation(window, at);
  if (isLetter(byte)) return true;
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
