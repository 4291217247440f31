import type { ColumnHeader } from './column-header.ts';
import type { CompiledDetectors } from './compile-detectors.ts';
import type { ContextWordsNearby } from './context-words.ts';
import type { Detector, Match, TextWindow } from './detector.ts';
import type { FormAutomaton } from './form-automaton.ts';
import { eventSize } from './kernel/kernel.ts';
import { wholenessOf } from './value-bounds.ts';

/** Where a reading stands, for the words that may support it. */
export interface Surroundings {
  header: ColumnHeader | undefined;
  lineStart: number;
}

/** A form is complete between two indices of the window; a negative state is of beginnings. */
interface Reading {
  start: number;
  end: number;
  state: number;
}

const noEntries = new Uint16Array(0);

/**
 * Asks the detectors whose forms fit at a digit run. Numbers are everywhere and most forms mean
 * something only beside a word that says so, so the cheap questions come first: is the value whole,
 * could it count without a word or is there one, and only then the detector's own check.
 */
export class FormCandidates {
  readonly #detectors: readonly Detector[];
  readonly #nearby: ContextWordsNearby;
  /** By entry of the automaton: whether it counts only beside a word that supports it. */
  readonly #needsWord: Uint8Array;
  /** By state of the automaton: the entries that may count by themselves, and the others. */
  readonly #alone: (Uint16Array | undefined)[] = [];
  readonly #besideWord: (Uint16Array | undefined)[] = [];
  readonly #automaton: FormAutomaton;
  readonly #detectorOf: Uint16Array;
  readonly #formOf: Uint8Array;
  readonly #needs: Uint8Array;
  /** The match each detector gave from the start in hand; the first `#found` count. */
  readonly #positions: number[] = [];
  readonly #matches: Match[] = [];
  readonly #supported: Uint16Array;
  #found = 0;
  #generation = -1;

  constructor(
    { detectors, anchors }: CompiledDetectors,
    options: {
      nearby: ContextWordsNearby;
      automaton: FormAutomaton;
      minConfidence: Float64Array;
    },
  ) {
    const { nearby, automaton, minConfidence } = options;
    this.#detectors = detectors;
    this.#nearby = nearby;
    this.#automaton = automaton;
    const { entries } = anchors.forms;
    this.#needsWord = Uint8Array.from(entries, ({ base, detector }) =>
      base < (minConfidence[detector] as number) ? 1 : 0,
    );
    this.#detectorOf = Uint16Array.from(entries, (entry) => entry.detector);
    this.#supported = new Uint16Array(entries.length);
    this.#formOf = Uint8Array.from(entries, (entry) => entry.form);
    this.#needs = Uint8Array.from(entries, (entry) => entry.needs);
  }

  /**
   * Hands over what is found around a digit run, given the readings of it: `count` events from
   * number `first` on.
   */
  visit(
    window: TextWindow,
    { events, first, count }: { events: Int32Array; first: number; count: number },
    around: Surroundings,
    found: (position: number, match: Match, anchor: number) => void,
  ): void {
    if (this.#generation !== this.#automaton.generation) this.#forgetStates();
    this.#found = 0;
    for (let n = first + count - 1; n >= first; n--) {
      const start = events[n * eventSize + 1] as number;
      const end = events[n * eventSize + 2] as number;
      this.#ask(window, { start, end, state: events[n * eventSize + 3] as number }, around);
      const isLast = n === first || events[(n - 1) * eventSize + 1] !== start;
      if (!isLast) continue;
      for (let m = 0; m < this.#found; m++) {
        found(this.#positions[m] as number, this.#matches[m] as Match, start);
      }
      this.#found = 0;
    }
  }

  #forgetStates(): void {
    this.#generation = this.#automaton.generation;
    this.#alone.length = 0;
    this.#besideWord.length = 0;
  }

  #ask(window: TextWindow, reading: Reading, around: Surroundings): void {
    const { state } = reading;
    if (state < 0) {
      this.#askAll(window, reading, this.#automaton.beginnings[-state] ?? noEntries);
      return;
    }
    const alone = this.#alone[state] ?? this.#split(state);
    if (alone.length > 0) this.#askAll(window, reading, alone);
    const besideWord = this.#besideWord[state] ?? noEntries;
    if (besideWord.length > 0) this.#askSupported(window, reading, besideWord, around);
  }

  #split(state: number): Uint16Array {
    const all = this.#automaton.wholes[state] ?? noEntries;
    const alone = all.filter((entry) => this.#needsWord[entry] === 0);
    this.#alone[state] = alone;
    this.#besideWord[state] = all.filter((entry) => this.#needsWord[entry] === 1);
    return alone;
  }

  #askSupported(
    window: TextWindow,
    reading: Reading,
    entries: Uint16Array,
    around: Surroundings,
  ): void {
    const { start, end } = reading;
    const from = this.#supportFrom(window, start, end, around);
    const named = around.header?.supportedAt(window, around.lineStart, start);
    if (named === undefined && !this.#nearby.hasAnySupport(from)) return;
    let count = 0;
    for (let e = 0; e < entries.length; e++) {
      const entry = entries[e] as number;
      const detector = this.#detectorOf[entry] as number;
      if (named?.[detector] === 1 || this.#nearby.hasSupport(detector, from)) {
        this.#supported[count++] = entry;
      }
    }
    if (count > 0) this.#askAll(window, reading, this.#supported.subarray(0, count));
  }

  #askAll(window: TextWindow, { start, end }: Reading, entries: Uint16Array): void {
    const whole = wholenessOf(window, start, end);
    for (let e = 0; e < entries.length; e++) {
      const entry = entries[e] as number;
      if (whole < (this.#needs[entry] as number)) continue;
      const detector = this.#detectorOf[entry] as number;
      const form = this.#formOf[entry] as number;
      const match = (this.#detectors[detector] as Detector).find(window, start, end, form);
      if (match !== undefined) this.#remember(detector, match);
    }
  }

  /** Reads the words around a value; gives from where on they count, in bytes of the text. */
  #supportFrom(window: TextWindow, start: number, end: number, { header }: Surroundings): number {
    const from = this.#nearby.readAround(window, start, end);
    if (header === undefined || window.offset + start <= header.endOffset) return from;
    return Math.max(from, header.endOffset);
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
