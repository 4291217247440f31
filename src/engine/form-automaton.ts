import { isAsciiLetter, isDigit, isLetter, isUpper } from './byte-classes.ts';
import { type FormPosition, joints } from './form.ts';
import { digitClass, type FormTracks, type Track } from './form-tracks.ts';
import { allowedBy, standingCount } from './standing.ts';
import { wholeness } from './value-bounds.ts';

/** A place on a track that has been reached. */
interface Thread {
  readonly track: Track;
  readonly at: number;
}

/** The tables of the automaton that the kernel reads. */
export interface FormTables {
  /** By state: `stateFlag`s. */
  readonly flags: Uint8Array;
  /** By state (`1 << classBits` each) and class the next state, `unknown` until a text leads there. */
  readonly transitions: Uint16Array;
  /** By standing: the state before the first byte. */
  readonly startStates: Uint16Array;
  /** By standing (64 each) and number of digits: the state after so many. */
  readonly digitStates: Uint16Array;
  /** By standing, length of a digit run and class of the byte after it: whether a form goes on. */
  readonly runEnds: Uint8Array;
  readonly classBits: number;
}

/** More classes of bytes than forms tell apart. */
export const maxClasses = 64;
/** No form begins with more digits than this. */
export const maxRunDigits = 63;
/** More states than a text of one piece makes; the tables have room for so many. */
export const maxStates = 32_768;
/** From here on the states are made anew, as most came of what is no value. */
const manyStates = 12_288;
const stateFlag = { beginning: 1, whole: 2 } as const;
/** A transition not taken so far, which is what memory is filled with. */
const unknown = 0;
/** No form goes on. */
const dead = 1;
const maxPositions = 256;

/**
 * All forms of all detectors as one automaton: the text is read once however many forms could
 * begin at a place. States are made when a text first leads to them, since most never are.
 */
export class FormAutomaton {
  /** By state: the entries whose form is complete there and may be a whole value. */
  readonly wholes: (Uint16Array | undefined)[] = [];
  /** By state: the entries that only start a value and are complete there. */
  readonly beginnings: (Uint16Array | undefined)[] = [];
  /** Counts how often the states were made anew. */
  generation = 0;
  readonly #tracks: FormTracks;
  readonly #tables: FormTables;
  readonly #threads: (readonly Thread[])[] = [];
  readonly #stateByKey = new Map<string, number>();

  /**
   * Tables are filled with zeros; they have room for `maxStates`. Throws a RangeError when the forms
   * tell more than `maxClasses` characters apart.
   */
  constructor(tracks: FormTracks, tables: FormTables) {
    if (tracks.samples.length > maxClasses) throw new RangeError('forms have too many characters');
    this.#tracks = tracks;
    this.#tables = tables;
    this.forget();
  }

  /** Forgets the states made so far when they have become many; not while one is in use. */
  trim(): void {
    if (this.#threads.length > manyStates) this.forget();
  }

  /** Gives the state after `state` at a byte of class `byteClass`, making it when it is new. */
  readonly step = (state: number, byteClass: number): number => {
    const slot = (state << this.#tables.classBits) | byteClass;
    const known = this.#tables.transitions[slot] as number;
    if (known !== unknown) return known;
    const byte = this.#tracks.samples[byteClass] as number;
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
    this.#tables.transitions[slot] = made;
    if (made === dead) this.#noteRunEnd(state, byteClass);
    return made;
  };

  /** Forgets the states made so far; what is known by state is worth nothing then. */
  forget(): void {
    this.generation++;
    const { flags, transitions, startStates, digitStates, runEnds, classBits } = this.#tables;
    transitions.fill(unknown, 0, this.#threads.length << classBits);
    flags.fill(0, 0, this.#threads.length);
    for (const list of [this.wholes, this.beginnings]) list.length = 0;
    this.#threads.length = 0;
    this.#stateByKey.clear();
    for (let state = unknown; state <= dead; state++) this.#add([]);
    for (let standing = 0; standing < standingCount; standing++) {
      const first = this.#tracks.tracks.filter(({ behind }) =>
        allowedBy[behind].includes(standing),
      );
      let state = this.#stateOf(first.map((track) => ({ track, at: 0 })));
      startStates[standing] = state;
      for (let digits = 1; digits <= maxRunDigits; digits++) {
        state = state === dead ? dead : this.step(state, digitClass);
        digitStates[standing * (maxRunDigits + 1) + digits] = state;
        const from = (standing * (maxRunDigits + 2) + digits) * maxClasses;
        runEnds.fill(Number(state !== dead), from, from + maxClasses);
        // A byte that no form has ends them all.
        if (flags[state] === 0) runEnds[from] = 0;
      }
    }
  }

  /** After a digit run that is no value by itself nothing goes on with this class. */
  #noteRunEnd(state: number, byteClass: number): void {
    if (this.#tables.flags[state] !== 0) return;
    const { digitStates, runEnds } = this.#tables;
    for (let standing = 0; standing < standingCount; standing++) {
      const states = standing * (maxRunDigits + 1);
      const at = digitStates.subarray(states, states + maxRunDigits + 1).indexOf(state);
      if (at < 0) continue;
      runEnds[(standing * (maxRunDigits + 2) + at) * maxClasses + byteClass] = 0;
    }
  }

  #stateOf(threads: readonly Thread[]): number {
    const byKey = new Map<number, Thread>();
    for (const thread of threads) byKey.set(thread.track.id * maxPositions + thread.at, thread);
    if (byKey.size === 0) return dead;
    const key = [...byKey.keys()].sort((a, b) => a - b).join();
    const known = this.#stateByKey.get(key);
    if (known !== undefined) return known;
    if (this.#threads.length === maxStates) return dead;
    const state = this.#add([...byKey.values()]);
    this.#stateByKey.set(key, state);
    return state;
  }

  #add(threads: readonly Thread[]): number {
    const state = this.#threads.length;
    this.#threads.push(threads);
    const complete = [...new Set(threads.filter(isComplete).flatMap(({ track }) => track.entries))];
    const isBeginning = (id: number): boolean => this.#tracks.entries[id]?.needs === wholeness.part;
    const wholes = toIds(complete.filter((id) => !isBeginning(id)));
    const beginnings = toIds(complete.filter(isBeginning));
    this.wholes.push(wholes);
    this.beginnings.push(beginnings);
    this.#tables.flags[state] =
      (wholes === undefined ? 0 : stateFlag.whole) |
      (beginnings === undefined ? 0 : stateFlag.beginning);
    return state;
  }
}

function toIds(ids: readonly number[]): Uint16Array | undefined {
  return ids.length === 0 ? undefined : Uint16Array.from(ids);
}

function fits({ accepts }: FormPosition, byte: number): boolean {
  if (accepts === 'digit') return isDigit(byte);
  if (accepts === 'letter') return isAsciiLetter(byte);
  if (accepts === 'either') return isDigit(byte) || isAsciiLetter(byte);
  if (accepts === 'wide') return isLetter(byte);
  if (accepts === 'joint') return byte >= 0x80 || joints.includes(byte);
  if (accepts === 'capital') return isUpper(byte) || byte >= 0xc3;
  return accepts === byte || (isUpper(byte) && accepts === (byte | 0x20));
}

function isComplete({ track, at }: Thread): boolean {
  return track.positions.slice(at).every((position) => position.optional);
}
