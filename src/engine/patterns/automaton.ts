import type { CharSet } from './char-set.ts';
import { PatternError, type PatternNode } from './pattern-syntax.ts';

const maxPositions = 600;
const maxEdges = 6_000;

/**
 * A pattern as positions (Glushkov, "The abstract theory of automata", 1961): one for each place of
 * a character in it, with the positions that may come next. There are no empty moves.
 */
export interface Automaton {
  /** The characters of each position. */
  sets: readonly CharSet[];
  first: readonly number[];
  follow: readonly (readonly number[])[];
  /** Whether a match may end with the position. */
  ends: readonly boolean[];
  edges: number;
}

interface Fragment {
  nullable: boolean;
  first: number[];
  last: number[];
}

/**
 * Builds the automaton of a pattern, or of the pattern read backwards.
 *
 * @throws {PatternError} when repetitions make it too large.
 */
export function buildAutomaton(node: PatternNode, { backwards = false } = {}): Automaton {
  const builder = new AutomatonBuilder(backwards);
  const { first, last } = builder.build(node);
  const ends = builder.sets.map(() => false);
  for (const position of last) ends[position] = true;
  const { sets, follow, edges } = builder;
  return { sets, first, follow: follow.map((next) => [...next]), ends, edges };
}

class AutomatonBuilder {
  readonly sets: CharSet[] = [];
  readonly follow: Set<number>[] = [];
  edges = 0;
  readonly #backwards: boolean;

  constructor(backwards: boolean) {
    this.#backwards = backwards;
  }

  build(node: PatternNode): Fragment {
    if (node.kind === 'set') return this.#addPosition(node.set);
    if (node.kind === 'choice') return this.#join(node.options.map((one) => this.build(one)));
    if (node.kind === 'repeat') return this.#repeat(node.node, node.min, node.max);
    const parts = node.kind === 'edge' ? [] : node.parts;
    const ordered = this.#backwards ? parts.toReversed() : parts;
    return ordered.reduce((before, part) => this.#append(before, this.build(part)), nothing());
  }

  #addPosition(set: CharSet): Fragment {
    const position = this.sets.length;
    if (position === maxPositions) {
      throw new PatternError(
        `with its repetitions written out the pattern is over ${maxPositions} characters: use smaller counts, or + and *`,
        0,
      );
    }
    this.sets.push(set);
    this.follow.push(new Set());
    return { nullable: false, first: [position], last: [position] };
  }

  #join(options: readonly Fragment[]): Fragment {
    return {
      nullable: options.some(({ nullable }) => nullable),
      first: options.flatMap(({ first }) => first),
      last: options.flatMap(({ last }) => last),
    };
  }

  #append(before: Fragment, after: Fragment): Fragment {
    this.#link(before.last, after.first);
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    };
  }

  /** `x{2,4}` is `x x (x (x)?)?`: each copy follows the one before it only. */
  #repeat(node: PatternNode, min: number, max: number): Fragment {
    let whole = nothing();
    if (max === 0) return whole;
    const copies = max === Number.POSITIVE_INFINITY ? Math.max(1, min) : max;
    const last: number[] = [];
    let tail: Fragment = whole;
    for (let n = 1; n <= copies; n++) {
      const copy = this.build(node);
      if (n === copies && max === Number.POSITIVE_INFINITY) this.#link(copy.last, copy.first);
      tail = n === 1 ? copy : this.#append(tail, copy);
      if (n === 1) whole = { ...copy };
      else if (whole.nullable) whole.first = tail.first;
      whole.nullable &&= copy.nullable;
      if (n >= Math.max(1, min)) last.push(...tail.last);
    }
    return { nullable: min === 0 || whole.nullable, first: whole.first, last: [...new Set(last)] };
  }

  #link(from: readonly number[], to: readonly number[]): void {
    this.edges += from.length * to.length;
    if (this.edges > maxEdges) {
      throw new PatternError(
        'too many repetitions that may be left out follow each other: make some of them mandatory',
        0,
      );
    }
    for (const position of from) for (const next of to) this.follow[position]?.add(next);
  }
}

function nothing(): Fragment {
  return { nullable: true, first: [], last: [] };
}
