import { CapitalisedWords } from './capitalised-words.ts';
import type { Detector } from './detector.ts';
import { FormTracks } from './form-tracks.ts';
import { SignIndex } from './sign-index.ts';
import { TermIndex } from './term-index.ts';

/** Digit runs of this length and longer share one entry, which stays empty. */
export const longRunDigits = 64;

/** Which detectors to ask at which byte, compiled from the anchors they declare. */
export interface AnchorIndex {
  /** Positions in the detector list by length of a digit run, 0 to `longRunDigits`. */
  readonly byDigitRun: readonly (readonly number[])[];
  readonly signs: SignIndex;
  /** The forms of all detectors; its numbers are positions in the detector list. */
  readonly forms: FormTracks;
  /** Beginnings of words that detectors ask for. */
  readonly words: readonly string[];
  readonly terms: TermIndex;
  /** Position in the detector list by place in `words`, which is the id of a term. */
  readonly detectorByTerm: readonly number[];
  readonly capitalised: CapitalisedWords;
  /** Positions in the detector list of those that ask for capitalised words. */
  readonly byCapitalised: readonly number[];
}

/** Compiles the anchors of `detectors`; positions in the result are positions in that list. */
export function compileAnchors(detectors: readonly Detector[]): AnchorIndex {
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
    byDigitRun,
    signs: new SignIndex(byByte),
    forms: new FormTracks(detectors.map(({ anchors }) => anchors.forms ?? [])),
    words,
    terms: new TermIndex(words),
    detectorByTerm,
    capitalised: new CapitalisedWords(capitalised),
    byCapitalised,
  };
}
