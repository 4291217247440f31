import { isAsciiLetter, isDigit, isLetterOrDigit } from './byte-classes.ts';
import type { TextWindow } from './detector.ts';
import type { FormAutomaton } from './form-automaton.ts';
import { mayStartValue } from './value-bounds.ts';

/** More places where a value could be complete than any text offers around one digit run. */
const maxReadings = 64;
/** No form begins with more digits than this. */
const maxRunDigits = 32;
const unknown = -1;

/**
 * Finds every form that is complete around a digit run that is the first of a value: one that
 * starts with it, with letters directly before it (`AB123`) or with words before it (`AB C 123`).
 * Read `starts`, `ends` and `states` up to the count that `read` gives.
 */
export class FormReader {
  readonly starts = new Float64Array(maxReadings);
  readonly ends = new Float64Array(maxReadings);
  /** Automaton states: `wholes` of one says which entries are complete, negative ones `beginnings`. */
  readonly states = new Int32Array(maxReadings);
  readonly #automaton: FormAutomaton;
  /** By number of digits: the state after so many from the start. */
  readonly #digitStates = new Int32Array(maxRunDigits + 1).fill(unknown);
  #count = 0;

  constructor(automaton: FormAutomaton) {
    this.#automaton = automaton;
  }

  /** Forgets what it knows of the automaton's states, which were numbered anew. */
  reset(): void {
    this.#digitStates.fill(unknown);
  }

  /**
   * Reads around the digit run from `at` to `end`, indices of the window; gives the number of
   * readings. Most runs are parts of dates, addresses, fractions or codes in hexadecimal digits, so
   * what cannot be is told first.
   */
  read(window: TextWindow, at: number, end: number): number {
    const { bytes } = window;
    this.#count = 0;
    const before = at > window.start ? (bytes[at - 1] as number) : 0;
    let start = at;
    if (isAsciiLetter(before)) {
      start = wordStart(window, at, this.#automaton.maxLetters);
      if (start < 0) return 0;
      this.#run(window, start, { state: this.#automaton.start, at: start });
    } else {
      if (before === 0x5f) return 0;
      const state = this.#stateAfterRun(bytes, at, end);
      if (state > 0 && mayStartValue(window, at)) this.#run(window, at, { state, at: end });
    }
    if (this.#automaton.maxLeads > 0) this.#readLeads(window, start);
    return this.#count;
  }

  /** Gives the state after the digit run; 0 when no form goes on or ends there. */
  #stateAfterRun(bytes: Uint8Array, at: number, end: number): number {
    if (end - at > maxRunDigits) return 0;
    const { transitions, classOf, classCount, wholes, beginnings } = this.#automaton;
    const known = this.#digitStates[end - at] as number;
    const state = known === unknown ? this.#findDigitState(end - at) : known;
    if (state === 0 || wholes[state] !== undefined || beginnings[state] !== undefined) return state;
    const next = state * classCount + (classOf[bytes[end] as number] as number);
    return transitions[next] === 0 ? 0 : state;
  }

  #findDigitState(digits: number): number {
    const automaton = this.#automaton;
    let state = automaton.start;
    for (let n = 0; n < digits && state > 0; n++) state = automaton.step(state, automaton.digit);
    this.#digitStates[digits] = state;
    return state;
  }

  #readLeads(window: TextWindow, from: number): void {
    const { maxLeads, maxLeadLetters, start } = this.#automaton;
    const { bytes } = window;
    let at = from;
    for (let lead = 0; lead < maxLeads; lead++) {
      const end = beforeSeparator(bytes, at);
      if (end <= window.start || !isAsciiLetter(bytes[end - 1] as number)) return;
      at = wordStart(window, end, maxLeadLetters);
      if (at < 0) return;
      this.#run(window, at, { state: start, at });
    }
  }

  #run(window: TextWindow, start: number, from: { state: number; at: number }): void {
    const automaton = this.#automaton;
    const { classOf, classCount, wholes, beginnings } = automaton;
    const { bytes } = window;
    let { transitions } = automaton;
    let { state, at } = from;
    for (;;) {
      if (at > start) {
        if (beginnings[state] !== undefined) this.#keep(start, at, -state);
        if (wholes[state] !== undefined) {
          const after = bytes[at] as number;
          if (after >= 0x80 || !isLetterOrDigit(after)) this.#keep(start, at, state);
        }
      }
      const byteClass = classOf[bytes[at++] as number] as number;
      let next = transitions[state * classCount + byteClass] as number;
      if (next < 0) {
        next = automaton.step(state, byteClass);
        transitions = automaton.transitions;
      }
      if (next === 0) return;
      state = next;
    }
  }

  #keep(start: number, end: number, state: number): void {
    if (this.#count === maxReadings) return;
    this.starts[this.#count] = start;
    this.ends[this.#count] = end;
    this.states[this.#count++] = state;
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
  return before === 0x5f || isDigit(before) ? -1 : i;
}

/** Gives the index of the separator that ends before `start`; -1 when there is none. */
function beforeSeparator(bytes: Uint8Array, start: number): number {
  const before = bytes[start - 1];
  if (before === 0x20 || before === 0x2d || before === 0x2e) return start - 1;
  return before === 0xa0 && bytes[start - 2] === 0xc2 ? start - 2 : -1;
}
