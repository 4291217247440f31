import type { ColumnHeader } from './column-header.ts';
import type { CompiledDetectors } from './compile-detectors.ts';
import type { ContextWordsNearby } from './context-words.ts';
import type { Detector, Match, TextWindow } from './detector.ts';
import type { FormEntry } from './form-automaton.ts';
import { FormReader } from './form-reader.ts';
import { wholenessOf } from './value-bounds.ts';

/** Where a reading stands, for the words that may support it. */
export interface Surroundings {
  header: ColumnHeader | undefined;
  lineStart: number;
}

/**
 * Asks the detectors whose forms fit at a digit run. Numbers are everywhere and most forms mean
 * something only beside a word that says so, so the cheap questions come first: is the value whole,
 * could it count without a word or is there one, and only then the detector's own check.
 */
export class FormCandidates {
  readonly #detectors: readonly Detector[];
  readonly #reader: FormReader;
  readonly #nearby: ContextWordsNearby;
  /** By form: whether it counts only beside a word that supports it. */
  readonly #needsWord: Uint8Array;
  /** The match each detector gave from the start in hand; the first `#found` count. */
  readonly #positions: number[] = [];
  readonly #matches: Match[] = [];
  #found = 0;

  constructor(
    { detectors, anchors }: CompiledDetectors,
    options: { nearby: ContextWordsNearby; minConfidence: Float64Array },
  ) {
    const { nearby, minConfidence } = options;
    this.#detectors = detectors;
    this.#reader = new FormReader(anchors.forms);
    this.#nearby = nearby;
    this.#needsWord = Uint8Array.from(anchors.forms.entries, ({ base, detector }) =>
      base < (minConfidence[detector] as number) ? 1 : 0,
    );
  }

  /** Hands over what is found around the digit run at `at`, an index of the window. */
  visit(
    window: TextWindow,
    at: number,
    around: Surroundings,
    found: (position: number, match: Match) => void,
  ): void {
    const reader = this.#reader;
    const count = reader.read(window, at);
    if (count === 0) return;
    this.#found = 0;
    for (let n = count - 1; n >= 0; n--) {
      this.#ask(window, n, around);
      const isLast = n === 0 || reader.starts[n - 1] !== reader.starts[n];
      if (!isLast) continue;
      for (let m = 0; m < this.#found; m++) {
        found(this.#positions[m] as number, this.#matches[m] as Match);
      }
      this.#found = 0;
    }
  }

  #ask(window: TextWindow, n: number, { header, lineStart }: Surroundings): void {
    const start = this.#reader.starts[n] as number;
    const end = this.#reader.ends[n] as number;
    const entries = this.#reader.entries[n] as readonly FormEntry[];
    const whole = wholenessOf(window, start, end);
    let from = -1;
    let named: Uint8Array | undefined;
    for (let e = 0; e < entries.length; e++) {
      const { id, needs, detector, form } = entries[e] as FormEntry;
      if (whole < needs) continue;
      if (this.#needsWord[id] === 1) {
        if (from < 0) {
          named = header?.supportedAt(window, lineStart, start);
          const rowsStart = header === undefined ? 0 : header.endOffset;
          from = this.#nearby.readAround(window, start, end);
          if (header !== undefined && window.offset + start > rowsStart) {
            from = Math.max(from, rowsStart);
          }
        }
        const isNamed = named !== undefined && named[detector] === 1;
        if (!isNamed && !this.#nearby.hasSupport(detector, from)) continue;
      }
      const match = (this.#detectors[detector] as Detector).find(window, start, end, form);
      if (match !== undefined) this.#remember(detector, match);
    }
  }

  /** Of several lengths the one with the most confidence stays, then the longest. */
  #remember(position: number, match: Match): void {
    for (let m = 0; m < this.#found; m++) {
      if (this.#positions[m] !== position) continue;
      if (match.base > (this.#matches[m] as Match).base) this.#matches[m] = match;
      return;
    }
    this.#positions[this.#found] = position;
    this.#matches[this.#found++] = match;
  }
}
