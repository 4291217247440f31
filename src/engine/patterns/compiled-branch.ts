import type { TextWindow } from '../detector.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { type CharClasses, noChar } from './char-classes.ts';
import type { CharSet } from './char-set.ts';
import { charLength, charStartBefore, codePointAt, isWordAt, noCodePoint } from './code-points.ts';
import { deadRow, endFlag, LazyDfa, rowMask } from './lazy-dfa.ts';
import { leastLength } from './parse-pattern.ts';
import { type Edge, maxPatternBytes, type PatternBranch } from './pattern-syntax.ts';

const maxStates = 512;

/** One alternative of a pattern, with what finds the start of a match and its longest end. */
export class CompiledBranch {
  readonly automaton: Automaton;
  /** How many bytes a match has at least. */
  readonly leastBytes: number;
  readonly #branch: PatternBranch;
  readonly #backwards: Automaton;
  #forward: LazyDfa | undefined;
  #reverse: LazyDfa | undefined;
  /** Bytes stepped over, for measuring. */
  steps = 0;

  /** @throws {PatternError} when the pattern is too large. */
  constructor(branch: PatternBranch) {
    this.#branch = branch;
    this.leastBytes = leastLength(branch.node);
    this.automaton = buildAutomaton(branch.node);
    this.#backwards = buildAutomaton(branch.node, { backwards: true });
  }

  get sets(): readonly CharSet[] {
    return [...this.automaton.sets, ...this.#backwards.sets];
  }

  /** Edges looked at to build states, for measuring. */
  get built(): number {
    return (this.#forward?.built ?? 0) + (this.#reverse?.built ?? 0);
  }

  /** Makes the branch ready; `setIds` are the numbers of its `sets` among those of `classes`. */
  bind(classes: CharClasses, setIds: readonly number[]): void {
    const options = { restarts: false, maxStates };
    const forwards = this.automaton.sets.length;
    this.#forward = new LazyDfa(
      [{ automaton: this.automaton, setIds: setIds.slice(0, forwards) }],
      classes,
      options,
    );
    this.#reverse = new LazyDfa(
      [{ automaton: this.#backwards, setIds: setIds.slice(forwards) }],
      classes,
      options,
    );
  }

  /** Whether a match may end at `end`, by what follows there. */
  mayEnd(window: TextWindow, end: number): boolean {
    return fitsEdge(this.#branch.endEdge, window, end, true);
  }

  /** Gives the earliest start of a match that ends at `end`, not before `from`; -1 for none. */
  findStart(window: TextWindow, classes: CharClasses, from: number, end: number): number {
    const { bytes } = window;
    const dfa = this.#reverse as LazyDfa;
    const least = Math.max(from, end - maxPatternBytes);
    let found = -1;
    let row = dfa.initialRow;
    for (let i = end; i > least; ) {
      const at = charStartBefore(bytes, i, window.start);
      if (at < least) break;
      const outcome = dfa.step(row, classAt(bytes, at, i - at, classes));
      row = outcome & rowMask;
      this.steps += i - at;
      i = at;
      if (row === deadRow) break;
      if (outcome >= endFlag && fitsEdge(this.#branch.startEdge, window, i, false)) found = i;
    }
    return found;
  }

  /** Gives the end of the longest match that starts at `start`; -1 for none. */
  findEnd(window: TextWindow, classes: CharClasses, start: number): number {
    const { bytes } = window;
    const dfa = this.#forward as LazyDfa;
    const most = Math.min(window.end, start + maxPatternBytes);
    let found = -1;
    let row = dfa.initialRow;
    for (let i = start; i < most; ) {
      const length = charLength(bytes, i, window.end);
      if (i + length > most) break;
      const outcome = dfa.step(row, classAt(bytes, i, length, classes));
      row = outcome & rowMask;
      this.steps += length;
      i += length;
      if (row === deadRow) break;
      if (outcome >= endFlag && this.mayEnd(window, i)) found = i;
    }
    return found;
  }

  /** Tells whether the branch matches the bytes from beginning to end. */
  matchesWhole(bytes: Uint8Array, classes: CharClasses): boolean {
    if (bytes.length > maxPatternBytes) return false;
    const dfa = this.#forward as LazyDfa;
    let outcome = dfa.initialRow;
    for (let i = 0; i < bytes.length && outcome !== deadRow; ) {
      const length = charLength(bytes, i, bytes.length);
      outcome = dfa.step(outcome & rowMask, classAt(bytes, i, length, classes));
      i += length;
    }
    return outcome >= endFlag;
  }
}

/** The class of the character of `length` bytes at `at`. */
export function classAt(
  bytes: Uint8Array,
  at: number,
  length: number,
  classes: CharClasses,
): number {
  const code = codePointAt(bytes, at, length);
  return code === noCodePoint ? noChar : classes.classOf(code);
}

function fitsEdge(edge: Edge | null, window: TextWindow, at: number, isEnd: boolean): boolean {
  if (edge === null) return true;
  const { bytes, start, end } = window;
  const startsText = window.offset + at === 0;
  if (edge === 'line') {
    if (!isEnd) return startsText || bytes[at - 1] === 0x0a;
    if (at >= end) return window.endsText;
    return bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] === 0x0a);
  }
  const before = at > start && isWordAt(bytes, charStartBefore(bytes, at, start), at);
  const after = at < end && isWordAt(bytes, at, end);
  return before !== after;
}
