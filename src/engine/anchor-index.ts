import { CapitalisedWords } from './capitalised-words.ts';
import type { Detector } from './detector.ts';
import { FormTracks } from './form-tracks.ts';
import { SignIndex } from './sign-index.ts';
import { TermIndex } from './term-index.ts';

/** Which detectors to ask at which byte, compiled from the anchors they declare. */
export interface AnchorIndex {
  readonly signs: SignIndex;
  /** The forms of all detectors; its numbers are positions in the detector list. */
  readonly forms: FormTracks;
  /** Beginnings of words that detectors ask for. */
  readonly words: readonly string[];
  /** Made when it is asked for: the kernel has one of its own. */
  readonly terms: TermIndex;
  /** Position in the detector list by place in `words`, which is the id of a term. */
  readonly detectorByTerm: readonly number[];
  readonly capitalised: CapitalisedWords;
  /** Positions in the detector list of those that ask for capitalised words. */
  readonly byCapitalised: readonly number[];
}

/** Compiles the anchors of `detectors`; positions in the result are positions in that list. */
export function compileAnchors(detectors: readonly Detector[]): AnchorIndex {
  const words: string[] = [];
  const detectorByTerm: number[] = [];
  const capitalised: string[] = [];
  const byCapitalised: number[] = [];
  detectors.forEach(({ anchors }, position) => {
    for (const word of anchors.words ?? []) {
      words.push(word);
      detectorByTerm.push(position);
    }
    if (anchors.capitalised !== undefined) {
      byCapitalised.push(position);
      for (const word of anchors.capitalised) capitalised.push(word);
    }
  });
  let index: TermIndex | undefined;
  return {
    signs: new SignIndex(detectors),
    forms: new FormTracks(detectors.map(({ anchors }) => anchors.forms ?? [])),
    words,
    get terms() {
      index ??= new TermIndex(words);
      return index;
    },
    detectorByTerm,
    capitalised: new CapitalisedWords(capitalised),
    byCapitalised,
  };
}
