import { isAsciiLetter, isDigit } from './byte-classes.ts';
import type { Form } from './detector.ts';
import { type FormPosition, parseForm } from './form.ts';
import { wholeness } from './value-bounds.ts';

/** One form of one detector: its place in the lists it came from. */
export interface FormEntry {
  readonly detector: number;
  readonly form: number;
  /** How whole a value must be: a value of `wholeness`. */
  readonly needs: number;
  /** Most confidence a value of this form can have before context. */
  readonly base: number;
}

/** A way to read one form, shared by all entries with the same one. */
interface Track {
  readonly id: number;
  readonly positions: readonly FormPosition[];
  /** Places in the automaton's list of entries. */
  readonly entries: readonly number[];
}

/** A place on a track that has been reached. */
interface Thread {
  readonly track: Track;
  readonly at: number;
}

const unknown = -1;
const dead = 0;
/** More states than the forms have together; a bound for all cases. */
const maxStates = 60_000;
const maxPositions = 256;
/** A word with more letters before its first digit is no code. */
const mostLetters = 8;

/**
 * All forms of all detectors as one automaton: the text is read once however many forms could
 * begin at a place. States are made when a text first leads to them, since most never are.
 */
export class FormAutomaton {
  readonly entries: readonly FormEntry[];
  /** By byte; 0 for bytes no form has. */
  readonly classOf = new Uint8Array(256);
  readonly classCount: number;
  /** State before the first byte. */
  readonly start = 1;
  /** The class of digits. */
  readonly digit = 1;
  /** Most ASCII letters directly before the first digit of any form, at most eight. */
  readonly maxLetters: number;
  /** Most groups of letters with a separator after each before the first digit of any form. */
  readonly maxLeads: number;
  /** Most letters in such a group. */
  readonly maxLeadLetters: number;
  /** By state and class the next state, 0 when no form goes on, -1 when not yet known. */
  transitions: Int32Array;
  /** By state: the entries whose form is complete there and may be a whole value. */
  readonly wholes: (Uint16Array | undefined)[] = [undefined];
  /** By state: the entries that only start a value and are complete there. */
  readonly beginnings: (Uint16Array | undefined)[] = [undefined];
  /** How often states were forgotten. */
  resets = 0;
  readonly #threads: Thread[][] = [[]];
  readonly #stateByKey = new Map<string, number>();
  readonly #sample: readonly number[];
  readonly #first: readonly Thread[];

  constructor(detectors: readonly (readonly Form[])[]) {
    const { entries: all, byForm } = collectEntries(detectors);
    this.entries = all;
    const tracks: Track[] = [];
    for (const [form, entries] of byForm) {
      for (const positions of parseForm(form))
        tracks.push({ id: tracks.length, positions, entries });
    }
    const literals = new Set(tracks.flatMap((track) => track.positions.flatMap(literalOf)));
    this.#sample = [0, 0x30, 0x41, ...literals];
    this.classCount = this.#sample.length;
    for (let byte = 0; byte < 256; byte++) {
      if (isDigit(byte)) this.classOf[byte] = 1;
      else if (isAsciiLetter(byte)) this.classOf[byte] = 2;
    }
    [...literals].forEach((byte, n) => {
      this.classOf[byte] = n + 3;
      if (isAsciiLetter(byte)) this.classOf[byte & 0xdf] = n + 3;
    });
    const letters = tracks.map((track) => lettersBefore(track.positions));
    this.maxLetters = Math.min(mostLetters, Math.max(0, ...letters));
    this.maxLeads = Math.max(0, ...tracks.map((track) => leadsBefore(track.positions)));
    this.maxLeadLetters = Math.max(0, ...tracks.map((track) => leadLetters(track.positions)));
    this.transitions = new Int32Array(256 * this.classCount).fill(unknown);
    this.#first = tracks.map((track) => ({ track, at: 0 }));
    this.forget();
  }

  /** Gives the state after `state` at a byte of class `byteClass`, making it when it is new. */
  step(state: number, byteClass: number): number {
    const slot = state * this.classCount + byteClass;
    const known = this.transitions[slot] as number;
    if (known !== unknown) return known;
    if (byteClass === 0) {
      this.transitions[slot] = dead;
      return dead;
    }
    const byte = this.#sample[byteClass] as number;
    const next: Thread[] = [];
    for (const thread of this.#threads[state] ?? []) {
      const { positions } = thread.track;
      for (let at = thread.at; at < positions.length; at++) {
        const position = positions[at] as FormPosition;
        if (fits(position, byte)) next.push({ track: thread.track, at: at + 1 });
        if (!position.optional) break;
      }
    }
    const made = this.#stateOf(next);
    this.transitions[slot] = made;
    return made;
  }

  /** Forgets the states made so far when they have become too many; between two texts only. */
  trim(): void {
    if (this.#threads.length > maxStates) this.forget();
  }

  /** Forgets the states made so far; what is known by state is worth nothing then. */
  forget(): void {
    this.resets++;
    this.transitions.fill(unknown);
    this.#threads.length = 1;
    this.wholes.length = 1;
    this.beginnings.length = 1;
    this.#stateByKey.clear();
    this.#stateOf(this.#first);
  }

  #stateOf(threads: readonly Thread[]): number {
    if (threads.length === 0) return dead;
    const byKey = new Map<number, Thread>();
    for (const thread of threads) {
      byKey.set(thread.track.id * maxPositions + thread.at, thread);
    }
    const key = [...byKey.keys()].sort((a, b) => a - b).join();
    const known = this.#stateByKey.get(key);
    if (known !== undefined) return known;
    const state = this.#threads.length;
    this.#stateByKey.set(key, state);
    const distinct = [...byKey.values()];
    this.#threads.push(distinct);
    const complete = [
      ...new Set(distinct.filter(isComplete).flatMap(({ track }) => track.entries)),
    ];
    const isBeginning = (id: number): boolean => this.entries[id]?.needs === wholeness.part;
    this.wholes.push(toIds(complete.filter((id) => !isBeginning(id))));
    this.beginnings.push(toIds(complete.filter(isBeginning)));
    if ((state + 1) * this.classCount > this.transitions.length) {
      const larger = new Int32Array(this.transitions.length * 2).fill(unknown);
      larger.set(this.transitions);
      this.transitions = larger;
    }
    return state;
  }
}

function toIds(ids: readonly number[]): Uint16Array | undefined {
  return ids.length === 0 ? undefined : Uint16Array.from(ids);
}

function collectEntries(detectors: readonly (readonly Form[])[]): {
  entries: FormEntry[];
  byForm: Map<string, number[]>;
} {
  const entries: FormEntry[] = [];
  const byForm = new Map<string, number[]>();
  detectors.forEach((forms, detector) => {
    forms.forEach((declared, form) => {
      const { form: text, base = 1 } = declared;
      const same = byForm.get(text) ?? [];
      byForm.set(text, same);
      same.push(entries.length);
      entries.push({ detector, form, needs: neededWholeness(declared), base });
    });
  });
  return { entries, byForm };
}

function neededWholeness({ form, isStart, mayGoOn }: Form): number {
  if (isStart) return wholeness.part;
  const isGrouped = /[^9AN{},\da-rt-z]/.test(form);
  return isGrouped && !mayGoOn ? wholeness.whole : wholeness.wholeUnlessGrouped;
}

function literalOf({ accepts }: FormPosition): number[] {
  return typeof accepts === 'number' ? [accepts] : [];
}

function fits({ accepts }: FormPosition, byte: number): boolean {
  if (accepts === 'digit') return isDigit(byte);
  if (accepts === 'letter') return isAsciiLetter(byte);
  if (accepts === 'either') return isDigit(byte) || isAsciiLetter(byte);
  return accepts === byte;
}

function isComplete({ track, at }: Thread): boolean {
  return track.positions.slice(at).every((position) => position.optional);
}

function lettersBefore(positions: readonly FormPosition[]): number {
  let letters = 0;
  let most = 0;
  for (const { accepts } of positions) {
    if (accepts === 'digit') break;
    letters = isSeparator(accepts) ? 0 : letters + 1;
    most = Math.max(most, letters);
  }
  return most;
}

function leadsBefore(positions: readonly FormPosition[]): number {
  const digit = positions.findIndex((position) => position.accepts === 'digit');
  const before = digit < 0 ? positions : positions.slice(0, digit);
  return before.filter(
    (position, n) =>
      isSeparator(position.accepts) && !isSeparator(before[n - 1]?.accepts ?? 'digit'),
  ).length;
}

function leadLetters(positions: readonly FormPosition[]): number {
  return leadsBefore(positions) === 0 ? 0 : lettersBefore(positions);
}

function isSeparator(accepts: FormPosition['accepts']): boolean {
  return typeof accepts === 'number' && !isAsciiLetter(accepts);
}
