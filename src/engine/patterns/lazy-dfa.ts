import type { Automaton } from './automaton.ts';
import type { CharClasses } from './char-classes.ts';

/** The state of no return, and the one before the first character. */
export const deadState = 0;
export const initialState = 1;

const firstStates = 32;

export interface LazyDfaOptions {
  /** Whether a match may begin at every character, not only at the first. */
  restarts: boolean;
  /** States kept at most; beyond that all are let go of and built again as they are needed. */
  maxStates: number;
}

/**
 * A deterministic automaton of one or more patterns whose states are built when a text first needs
 * them. A known step is one look-up; an unknown one costs as much as the patterns have edges, so a
 * text costs at most its length times a number that the patterns alone decide.
 */
export class LazyDfa {
  /** Next state by `state * classes + class`; -1 is not built yet. */
  table: Int32Array;
  /** By state: which automata end here; empty for most. */
  readonly ends: (readonly number[])[] = [[], []];
  /** How often the states were let go of. */
  flushes = 0;
  /** Edges looked at to build states, for measuring. */
  built = 0;
  readonly classCount: number;
  readonly #options: LazyDfaOptions;
  readonly #follow: number[][] = [];
  readonly #inClass: Uint8Array[] = [];
  readonly #ownerOfEnd: number[] = [];
  readonly #firstByClass: number[][];
  #items: Int32Array[] = [new Int32Array(0), new Int32Array(0)];
  readonly #ids = new Map<string, number>();
  readonly #marks: Uint32Array;
  #mark = 0;

  /** `setIds[a][p]` is the number of position p of automaton a among the sets of `classes`. */
  constructor(
    automata: readonly { automaton: Automaton; setIds: readonly number[] }[],
    classes: CharClasses,
    options: LazyDfaOptions,
  ) {
    this.classCount = classes.count;
    this.#options = options;
    this.table = new Int32Array(firstStates * classes.count).fill(-1);
    this.#firstByClass = Array.from({ length: classes.count }, () => []);
    automata.forEach(({ automaton, setIds }, owner) => {
      const base = this.#follow.length;
      automaton.follow.forEach((next, position) => {
        this.#follow.push(next.map((one) => base + one));
        this.#inClass.push(classes.membersOf(setIds[position] as number));
        this.#ownerOfEnd.push(automaton.ends[position] ? owner : -1);
      });
      for (const position of automaton.first) {
        this.#inClass[base + position]?.forEach((isIn, id) => {
          if (isIn === 1) this.#firstByClass[id]?.push(base + position);
        });
      }
    });
    this.#marks = new Uint32Array(this.#follow.length);
    this.table.fill(deadState, 0, classes.count);
  }

  /** Gives the state after a character of the class. */
  step(state: number, charClass: number): number {
    const known = this.table[state * this.classCount + charClass] as number;
    return known >= 0 ? known : this.#build(state, charClass);
  }

  #build(state: number, charClass: number): number {
    const mark = ++this.#mark;
    const items: number[] = [];
    const add = (position: number): void => {
      if (this.#marks[position] === mark) return;
      this.#marks[position] = mark;
      items.push(position);
    };
    for (const item of this.#items[state] as Int32Array) {
      const follow = this.#follow[item] as number[];
      this.built += follow.length;
      for (const next of follow) if (this.#inClass[next]?.[charClass] === 1) add(next);
    }
    if (this.#options.restarts || state === initialState) {
      const first = this.#firstByClass[charClass] as number[];
      this.built += first.length;
      for (const position of first) add(position);
    }
    const before = this.flushes;
    const next = this.#stateOf(Int32Array.from(items).sort());
    // After a flush the state in hand is gone and has no row to note this in.
    if (this.flushes === before) this.table[state * this.classCount + charClass] = next;
    return next;
  }

  #stateOf(items: Int32Array): number {
    if (items.length === 0) return this.#options.restarts ? initialState : deadState;
    const key = String.fromCharCode(...items);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#items.length >= this.#options.maxStates) this.#flush();
    const id = this.#items.length;
    this.#items.push(items);
    const owners = new Set<number>();
    for (const item of items) {
      const owner = this.#ownerOfEnd[item] as number;
      if (owner >= 0) owners.add(owner);
    }
    this.ends.push([...owners]);
    this.#ids.set(key, id);
    this.#makeRoom(id + 1);
    return id;
  }

  #makeRoom(states: number): void {
    const size = states * this.classCount;
    if (size <= this.table.length) return;
    const larger = new Int32Array(this.table.length * 2).fill(-1);
    larger.set(this.table);
    this.table = larger;
  }

  #flush(): void {
    this.flushes++;
    this.#ids.clear();
    this.#items = this.#items.slice(0, 2);
    this.ends.length = 2;
    this.table.fill(-1, this.classCount);
  }
}
