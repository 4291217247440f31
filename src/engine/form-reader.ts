import { isAsciiLetter } from './byte-classes.ts';
import type { TextWindow } from './detector.ts';
import type { FormAutomaton, FormEntry } from './form-automaton.ts';
import { mayStartValue } from './value-bounds.ts';

/** More places where a value could be complete than any text offers around one digit run. */
const maxReadings = 64;

/**
 * Finds every form that is complete around a digit run that is the first of a value: one that
 * starts with it, with letters directly before it (`AB123`) or with words before it (`AB C 123`).
 * Read `starts`, `ends` and `entries` up to the count that `read` gives.
 */
export class FormReader {
  readonly starts = new Float64Array(maxReadings);
  readonly ends = new Float64Array(maxReadings);
  readonly entries: (readonly FormEntry[])[] = [];
  readonly #automaton: FormAutomaton;
  #count = 0;

  constructor(automaton: FormAutomaton) {
    this.#automaton = automaton;
  }

  /** Reads around the digit run at `at`, an index of the window; gives the number of readings. */
  read(window: TextWindow, at: number): number {
    const { maxLetters, maxLeads } = this.#automaton;
    this.#count = 0;
    const { bytes } = window;
    let start = wordStart(window, at, maxLetters);
    if (start < 0) return 0;
    // Most runs of digits are parts of a date, an address or a fraction.
    if (start < at || mayStartValue(window, start)) this.#run(window, start);
    for (let lead = 0; lead < maxLeads; lead++) {
      const end = beforeSeparator(bytes, start);
      if (end <= window.start) break;
      const word = wordStart(window, end, maxLetters);
      if (word < 0 || word === end) break;
      start = word;
      this.#run(window, start);
    }
    return this.#count;
  }

  #run(window: TextWindow, start: number): void {
    const automaton = this.#automaton;
    const { classOf, classCount, complete } = automaton;
    const { bytes } = window;
    let { transitions } = automaton;
    let state = automaton.start;
    for (let i = start; ; i++) {
      const byteClass = classOf[bytes[i] as number] as number;
      let next = transitions[state * classCount + byteClass] as number;
      if (next < 0) {
        next = automaton.step(state, byteClass);
        transitions = automaton.transitions;
      }
      if (next === 0) return;
      state = next;
      const entries = complete[state];
      if (entries !== undefined && this.#count < maxReadings) {
        this.starts[this.#count] = start;
        this.ends[this.#count] = i + 1;
        this.entries[this.#count++] = entries;
      }
    }
  }
}

/**
 * Gives where the ASCII letters directly before `end` start; -1 when there are too many of them or
 * they are a part of a longer word with digits.
 */
function wordStart({ bytes, start }: TextWindow, end: number, maxLetters: number): number {
  let i = end;
  while (i > start && isAsciiLetter(bytes[i - 1] as number)) {
    i--;
    if (end - i > maxLetters) return -1;
  }
  if (i === start) return i;
  const before = bytes[i - 1] as number;
  return before === 0x5f || (before >= 0x30 && before <= 0x39) ? -1 : i;
}

/** Gives the index of the separator that ends before `start`; -1 when there is none. */
function beforeSeparator(bytes: Uint8Array, start: number): number {
  const before = bytes[start - 1];
  if (before === 0x20 || before === 0x2d || before === 0x2e) return start - 1;
  return before === 0xa0 && bytes[start - 2] === 0xc2 ? start - 2 : -1;
}
