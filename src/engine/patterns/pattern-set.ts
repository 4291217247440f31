import type { TextWindow } from '../detector.ts';
import { CharClasses } from './char-classes.ts';
import type { CharSet } from './char-set.ts';
import { charLength } from './code-points.ts';
import { CompiledBranch, classAt } from './compiled-branch.ts';
import { endFlag, LazyDfa, rowMask } from './lazy-dfa.ts';
import { parsePattern } from './parse-pattern.ts';
import { maxPatternBytes } from './pattern-syntax.ts';

/** States of the pass for all patterns, and of the passes for one pattern each. */
const maxStates = { together: 4_096, apart: 512 };
/** The table of states by classes of characters has at most so many entries, 8 MB. */
const maxTableEntries = 2_097_152;
/** When the states do not even last for so many bytes, each pattern gets a pass of its own. */
const leastBytesPerFlush = 65_536;
/** All patterns of a policy together may have so many positions and edges. */
export const maxSetSize = 60_000;

export interface PatternSource {
  regex: string;
  ignoreCase: boolean;
}

/** Is told of each match: the number of its pattern and where it is in the window. */
export type PatternVisitor = (pattern: number, start: number, end: number) => void;

/**
 * Many patterns, looked for together. One pass over the text tells where matches end; only there
 * is their start looked for backwards and then their longest end. Of one pattern's matches in a
 * text, the one that ends first counts, from its earliest start to its longest end, and the next
 * one starts after it. A text costs a number of steps in proportion to its length, whatever is in
 * it. One thread uses a set for one text after another; where each text is, its
 * {@link PatternScan} knows.
 */
export class PatternSet {
  readonly branches: readonly CompiledBranch[];
  /** The number of the pattern by branch. */
  readonly patternOf: readonly number[];
  readonly #classes: CharClasses;
  #passes: LazyDfa[];
  readonly #branchesOfPass: (readonly number[])[];
  #bytesAtFlush = 0;
  #bytes = 0;

  /** @throws {PatternError} when a pattern is not of the known subset or too large. */
  constructor(sources: readonly PatternSource[]) {
    const branches: CompiledBranch[] = [];
    const patternOf: number[] = [];
    sources.forEach(({ regex, ignoreCase }, pattern) => {
      for (const branch of parsePattern(regex, ignoreCase)) {
        branches.push(new CompiledBranch(branch));
        patternOf.push(pattern);
      }
    });
    this.branches = branches;
    this.patternOf = patternOf;
    const sets = uniqueSets(branches.flatMap((branch) => branch.sets));
    this.#classes = new CharClasses(sets.unique);
    let next = 0;
    const idsOf = branches.map((branch) => {
      const ids = branch.sets.map(() => sets.ids[next++] as number);
      branch.bind(this.#classes, ids);
      return { automaton: branch.automaton, setIds: ids.slice(0, branch.automaton.sets.length) };
    });
    this.#branchesOfPass = [branches.map((_, n) => n)];
    this.#passes = [
      new LazyDfa(idsOf, this.#classes, {
        restarts: true,
        maxStates: Math.min(maxStates.together, Math.floor(maxTableEntries / this.#classes.count)),
      }),
    ];
    this.#splitPasses = () => {
      const options = { restarts: true, maxStates: maxStates.apart };
      this.#branchesOfPass.splice(0, 1, ...branches.map((_, n) => [n]));
      this.#passes = idsOf.map((one) => new LazyDfa([one], this.#classes, options));
    };
  }

  readonly #splitPasses: () => void;

  /** Positions and edges of all patterns: what a step costs at most. */
  get size(): number {
    return this.branches.reduce((sum, { automaton }) => {
      return sum + automaton.sets.length + automaton.edges;
    }, 0);
  }

  /** Steps done so far in all texts, for measuring. */
  get steps(): number {
    const built = this.#passes.reduce((sum, dfa) => sum + dfa.built, 0);
    const walked = this.branches.reduce((sum, branch) => sum + branch.steps + branch.built, 0);
    return this.#bytes + built + walked;
  }

  get classes(): CharClasses {
    return this.#classes;
  }

  /** Tells whether a pattern matches the bytes from beginning to end. */
  matchesWhole(pattern: number, bytes: Uint8Array): boolean {
    return this.branches.some(
      (branch, n) => this.patternOf[n] === pattern && branch.matchesWhole(bytes, this.#classes),
    );
  }

  /** Calls back for each place between `from` and `to` where a match of a branch may end. */
  visitEnds(
    window: TextWindow,
    from: number,
    to: number,
    visitor: (branch: number, end: number) => void,
  ): void {
    this.#passes.forEach((dfa, pass) => {
      const branches = this.#branchesOfPass[pass] as readonly number[];
      this.#pass(dfa, window, from, to, (n, end) => visitor(branches[n] as number, end));
    });
    const [only] = this.#passes;
    if (only === undefined || this.#passes.length > 1 || only.flushes === 0) return;
    if (this.branches.length > 1 && this.#bytes - this.#bytesAtFlush < leastBytesPerFlush) {
      this.#splitPasses();
    }
    only.flushes = 0;
    this.#bytesAtFlush = this.#bytes;
  }

  #pass(
    dfa: LazyDfa,
    window: TextWindow,
    from: number,
    to: number,
    visitor: (branch: number, end: number) => void,
  ): void {
    const { bytes, end } = window;
    const { initialRow, skips } = dfa;
    const classes = this.#classes;
    const { ascii } = classes;
    let { table } = dfa;
    let row = initialRow;
    let i = from;
    while (i < to) {
      if (row === initialRow) {
        while (i < to && skips[bytes[i] as number] === 1) i++;
        if (i === to) break;
      }
      const byte = bytes[i] as number;
      let charClass: number;
      if (byte < 0x80) {
        charClass = ascii[byte] as number;
        i++;
      } else {
        const length = charLength(bytes, i, end);
        charClass = classAt(bytes, i, length, classes);
        i += length;
      }
      let outcome = table[row + charClass] as number;
      if (outcome < 0) {
        outcome = dfa.build(row, charClass);
        table = dfa.table;
      }
      row = outcome & rowMask;
      if (outcome < endFlag) continue;
      const ended = dfa.endsAt(row);
      for (let n = 0; n < ended.length; n++) visitor(ended[n] as number, i);
    }
    this.#bytes += i - from;
  }
}

/** The patterns in one text: which part of it belongs to matches already. */
export class PatternScan {
  readonly #set: PatternSet;
  /** By branch: where its next match may start, as a byte of the text. */
  readonly #from: Float64Array;
  #next = 0;

  constructor(set: PatternSet) {
    this.#set = set;
    this.#from = new Float64Array(set.branches.length);
  }

  /**
   * Finds what starts before `limit`, an index of the window, and was not found before. The window
   * must reach twice `maxPatternBytes` beyond it, unless the text ends sooner.
   */
  find(window: TextWindow, limit: number, visitor: PatternVisitor): void {
    const { offset } = window;
    const from = this.#next - offset;
    const to = Math.min(window.end, limit + maxPatternBytes);
    this.#next = offset + limit;
    if (from >= limit) return;
    this.#set.visitEnds(window, from, to, (branch, end) => {
      const match = this.#matchAt(window, branch, end);
      if (match === undefined) return;
      this.#from[branch] = offset + match.end;
      visitor(this.#set.patternOf[branch] as number, match.start, match.end);
    });
  }

  #matchAt(
    window: TextWindow,
    number: number,
    end: number,
  ): { start: number; end: number } | undefined {
    const branch = this.#set.branches[number] as CompiledBranch;
    const from = Math.max(window.start, (this.#from[number] as number) - window.offset);
    if (end - from < branch.leastBytes || !branch.mayEnd(window, end)) return undefined;
    const start = branch.findStart(window, this.#set.classes, from, end);
    if (start < 0) return undefined;
    return { start, end: branch.findEnd(window, this.#set.classes, start) };
  }
}

function uniqueSets(sets: readonly CharSet[]): { unique: CharSet[]; ids: number[] } {
  const idByKey = new Map<string, number>();
  const unique: CharSet[] = [];
  const ids = sets.map((set) => {
    const key = set.join();
    const known = idByKey.get(key);
    if (known !== undefined) return known;
    idByKey.set(key, unique.length);
    unique.push(set);
    return unique.length - 1;
  });
  return { unique, ids };
}
