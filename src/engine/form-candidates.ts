import type { ColumnHeader } from './column-header.ts';
import type { CompiledDetectors } from './compile-detectors.ts';
import type { ContextWordsNearby } from './context-words.ts';
import {
  type Detector,
  type Match,
  maxBeginningLeadBytes,
  maxBeginningTailBytes,
  type TextWindow,
} from './detector.ts';
import type { FormAutomaton } from './form-automaton.ts';
import { eventSize } from './kernel/kernel.ts';
import { wholeness, wholenessOf } from './value-bounds.ts';

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

/** The entries complete in a state that may count by themselves, and the others. */
interface StateEntries {
  alone: Uint16Array;
  besideWord: Uint16Array;
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
  /** By state, those of its whole values and of its beginnings in turn. */
  readonly #entriesOf: (StateEntries | undefined)[] = [];
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
    this.#entriesOf.length = 0;
  }

  #ask(window: TextWindow, reading: Reading, around: Surroundings): void {
    const { state } = reading;
    const { alone, besideWord } = this.#entriesOf[slotOf(state)] ?? this.#split(state);
    if (alone.length > 0) this.#askAll(window, reading, alone, alone.length);
    if (besideWord.length > 0) this.#askSupported(window, reading, besideWord, around);
  }

  #split(state: number): StateEntries {
    const { wholes, beginnings } = this.#automaton;
    const all = (state < 0 ? beginnings[-state] : wholes[state]) ?? noEntries;
    const entries = {
      alone: all.filter((entry) => this.#needsWord[entry] === 0),
      besideWord: all.filter((entry) => this.#needsWord[entry] === 1),
    };
    this.#entriesOf[slotOf(state)] = entries;
    return entries;
  }

  #askSupported(
    window: TextWindow,
    reading: Reading,
    entries: Uint16Array,
    around: Surroundings,
  ): void {
    const { start, end, state } = reading;
    const from =
      state < 0
        ? this.#supportFrom(
            window,
            Math.max(window.start, start - maxBeginningLeadBytes),
            Math.min(window.end, end + maxBeginningTailBytes),
            around,
          )
        : this.#supportFrom(window, start, end, around);
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
    if (count > 0) this.#askAll(window, reading, this.#supported, count);
  }

  /** Asks the detectors of the first `count` entries. */
  #askAll(
    window: TextWindow,
    { start, end, state }: Reading,
    entries: Uint16Array,
    count: number,
  ): void {
    const whole = state < 0 ? wholeness.part : wholenessOf(window, start, end);
    for (let e = 0; e < count; e++) {
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

function slotOf(state: number): number {
  return state < 0 ? -2 * state + 1 : 2 * state;
}
