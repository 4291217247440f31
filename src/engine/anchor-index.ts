import { isAsciiLetter, isDigit } from './byte-classes.ts';
import { CapitalisedWords } from './capitalised-words.ts';
import type { Detector } from './detector.ts';
import { FormAutomaton } from './form-automaton.ts';
import { TermIndex } from './term-index.ts';

/** What the pass over the bytes does at a byte; letters need nothing and are the most frequent. */
export const byteKind = {
  inert: 0,
  separator: 1,
  newline: 2,
  digit: 3,
  anchor: 4,
  /** First byte of a character that may be a sign, or a word of its own in Chinese or Japanese. */
  wide: 5,
} as const;

/** Digit runs of this length and longer share one entry, which stays empty. */
export const longRunDigits = 64;

/** Which detectors to ask at which byte, compiled from the anchors they declare. */
export interface AnchorIndex {
  /** `byteKind` by byte. */
  readonly kind: Uint8Array;
  /** Positions in the detector list by length of a digit run, 0 to `longRunDigits`. */
  readonly byDigitRun: readonly (readonly number[])[];
  /** Positions in the detector list by byte. */
  readonly byByte: readonly (readonly number[])[];
  /** The forms of all detectors; its numbers are positions in the detector list. */
  readonly forms: FormAutomaton;
  readonly terms: TermIndex;
  /** Position in the detector list by id of a term. */
  readonly detectorByTerm: readonly number[];
  readonly capitalised: CapitalisedWords;
  /** Positions in the detector list of those that ask for capitalised words. */
  readonly byCapitalised: readonly number[];
}

/** Compiles the anchors of `detectors`; positions in the result are positions in that list. */
export function compileAnchors(detectors: readonly Detector[]): AnchorIndex {
  const kind = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) kind[byte] = plainKind(byte);
  const byDigitRun: number[][] = Array.from({ length: longRunDigits + 1 }, () => []);
  const byByte: number[][] = Array.from({ length: 256 }, () => []);
  const words: string[] = [];
  const detectorByTerm: number[] = [];
  const capitalised: string[] = [];
  const byCapitalised: number[] = [];
  detectors.forEach(({ anchors }, position) => {
    const { digitRuns, bytes = '' } = anchors;
    if (digitRuns !== undefined) {
      for (let n = digitRuns.min; n <= Math.min(digitRuns.max, longRunDigits - 1); n++) {
        byDigitRun[n]?.push(position);
      }
    }
    for (const char of bytes) {
      kind[char.charCodeAt(0)] = byteKind.anchor;
      byByte[char.charCodeAt(0)]?.push(position);
    }
    for (const word of anchors.words ?? []) {
      words.push(word);
      detectorByTerm.push(position);
    }
    if (anchors.capitalised !== undefined) {
      byCapitalised.push(position);
      for (const word of anchors.capitalised) capitalised.push(word);
    }
  });
  return {
    kind,
    byDigitRun,
    byByte,
    forms: new FormAutomaton(detectors.map(({ anchors }) => anchors.forms ?? [])),
    terms: new TermIndex(words),
    detectorByTerm,
    capitalised: new CapitalisedWords(capitalised),
    byCapitalised,
  };
}

function plainKind(byte: number): number {
  if (isDigit(byte)) return byteKind.digit;
  if (byte === 0x0a) return byteKind.newline;
  if (byte === 0xc2 || (byte >= 0xe2 && byte <= 0xef)) return byteKind.wide;
  if (byte >= 0x80 || isAsciiLetter(byte)) return byteKind.inert;
  return byteKind.separator;
}
