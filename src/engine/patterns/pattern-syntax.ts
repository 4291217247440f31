import type { CharSet } from './char-set.ts';

/** The longest text one pattern may match, in bytes of UTF-8; what goes on is cut there. */
export const maxPatternBytes = 1_024;

/** What a pattern asks of the place where it starts or ends. */
export type Edge = 'word' | 'line';

/** A pattern as a tree; `max` is infinite for `*`, `+` and `{n,}`. */
export type PatternNode =
  | { kind: 'set'; set: CharSet }
  | { kind: 'sequence'; parts: readonly PatternNode[] }
  | { kind: 'choice'; options: readonly PatternNode[] }
  | { kind: 'repeat'; node: PatternNode; min: number; max: number }
  | { kind: 'edge'; edge: Edge; at: number };

/** One alternative of a pattern, without the `\b`, `^` and `$` that stood around it. */
export interface PatternBranch {
  node: PatternNode;
  startEdge: Edge | null;
  endEdge: Edge | null;
}

/** Why a pattern is refused; `at` is the index in the pattern, in UTF-16 code units. */
export class PatternError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'PatternError';
    this.at = at;
  }
}
