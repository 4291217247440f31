import type { Detector } from './detector.ts';
import { exampleContext } from './example-words.ts';
import { TermIndex } from './term-index.ts';

/** The context words of all detectors, and what each word says about each detector. */
export interface ContextTerms {
  readonly words: readonly string[];
  /** Made when it is asked for: the kernel has one of its own. */
  readonly index: TermIndex;
  /** By position of the detector: effect in hundredths by id of the word, 0 if it says nothing. */
  readonly effects: readonly Int8Array[];
  /** By position of the detector: its strongest supporting effect (0–1), the most context can do. */
  readonly mostSupport: Float64Array;
  /** By position of the detector: 1 when any word says something about it. */
  readonly heedsWords: Uint8Array;
  /** By id of the word: positions of the detectors it supports. */
  readonly supports: readonly (readonly number[])[];
  /** 1 for the words that call a value an example, by id of the word. */
  readonly isExample: Uint8Array;
}

/** Compiles the context words of `detectors`; a word named twice keeps the stronger effect. */
export function compileContext(detectors: readonly Detector[]): ContextTerms {
  const idByWord = new Map<string, number>();
  const rows = detectors.map((detector) => {
    const row = new Map<number, number>();
    const groups = detector.heedsExampleWords
      ? [exampleContext, ...detector.context]
      : detector.context;
    for (const { effect, words } of groups) {
      for (const word of Object.values(words).flat()) {
        const id = idByWord.get(word) ?? idByWord.size;
        idByWord.set(word, id);
        if (Math.abs(effect) > Math.abs(row.get(id) ?? 0)) row.set(id, effect);
      }
    }
    return row;
  });
  const words = [...idByWord.keys()];
  const effects = rows.map((row) => {
    const dense = new Int8Array(words.length);
    for (const [id, effect] of row) dense[id] = Math.round(effect * 100);
    return dense;
  });
  const supports: number[][] = words.map(() => []);
  rows.forEach((row, position) => {
    for (const [id, effect] of row) if (effect > 0) supports[id]?.push(position);
  });
  const isExample = new Uint8Array(words.length);
  for (const word of Object.values(exampleContext.words).flat()) {
    const id = idByWord.get(word);
    if (id !== undefined) isExample[id] = 1;
  }
  const mostSupport = Float64Array.from(rows, (row) => {
    const most = [...row.values()].reduce((a, b) => Math.max(a, b), 0);
    return Math.round(most * 100) / 100;
  });
  const heedsWords = Uint8Array.from(rows, (row) => (row.size > 0 ? 1 : 0));
  let index: TermIndex | undefined;
  return {
    words,
    get index() {
      index ??= new TermIndex(words);
      return index;
    },
    effects,
    mostSupport,
    heedsWords,
    supports,
    isExample,
  };
}
