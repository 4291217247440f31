import type { Automaton } from './automaton.ts';
import type { CharClasses } from './char-classes.ts';

/** Set in a step's outcome when a match may end with it; the rest is the row of the next state. */
export const endFlag = 0x4000_0000;
export const rowMask = endFlag - 1;

/** The row of the state from which no match is reached any more. */
export const deadRow = 0;

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
  /** Outcome of a step by row and class (`row + class`); -1 is not built yet. */
  table: Int32Array;
  /** The row of the state before the first character. */
  readonly initialRow: number;
  /** By ASCII byte: 1 when no match begins with it, so the first state stays. */
  readonly skips = new Uint8Array(256);
  /** By state: which automata end there. */
  readonly #ends: (readonly number[])[] = [[], []];
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
    this.table.fill(deadRow, 0, classes.count);
    this.initialRow = classes.count;
    for (const [byte, id] of classes.ascii.entries()) {
      this.skips[byte] = this.#firstByClass[id]?.length === 0 ? 1 : 0;
    }
  }

  /** Gives the outcome of a character of the class after the state of the row. */
  step(row: number, charClass: number): number {
    const known = this.table[row + charClass] as number;
    return known >= 0 ? known : this.build(row, charClass);
  }

  /** Which automata end with the state of the row. */
  endsAt(row: number): readonly number[] {
    return this.#ends[row / this.classCount] as readonly number[];
  }

  /** Builds a step that `table` does not know; the table may be another one afterwards. */
  build(row: number, charClass: number): number {
    const mark = ++this.#mark;
    const items: number[] = [];
    const add = (position: number): void => {
      if (this.#marks[position] === mark) return;
      this.#marks[position] = mark;
      items.push(position);
    };
    for (const item of this.#items[row / this.classCount] as Int32Array) {
      const follow = this.#follow[item] as number[];
      this.built += follow.length;
      for (const next of follow) if (this.#inClass[next]?.[charClass] === 1) add(next);
    }
    if (this.#options.restarts || row === this.initialRow) {
      const first = this.#firstByClass[charClass] as number[];
      this.built += first.length;
      for (const position of first) add(position);
    }
    const before = this.flushes;
    const state = this.#stateOf(Int32Array.from(items).sort());
    const ends = (this.#ends[state] as readonly number[]).length > 0;
    const outcome = state * this.classCount + (ends ? endFlag : 0);
    // After a flush the state in hand is gone and has no row to note this in.
    if (this.flushes === before) this.table[row + charClass] = outcome;
    return outcome;
  }

  #stateOf(items: Int32Array): number {
    if (items.length === 0) return this.#options.restarts ? 1 : 0;
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
    this.#ends.push([...owners]);
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
    this.#ends.length = 2;
    this.table.fill(-1, this.classCount);
  }
}
