import type { TextWindow } from '../../../src/engine/detector.ts';
import { PatternScan, PatternSet } from '../../../src/engine/patterns/pattern-set.ts';

/** Gives what each pattern finds in a text that is seen in pieces of `pieceBytes`. */
export function findAll(
  patterns: readonly string[],
  text: string,
  { pieceBytes = 1e9, set = setOf(patterns) }: { pieceBytes?: number; set?: PatternSet } = {},
): [pattern: number, value: string][] {
  const bytes = Buffer.concat([Buffer.from(text), Buffer.alloc(8)]);
  const end = bytes.length - 8;
  const window: TextWindow = { bytes, start: 0, end, offset: 0, endsText: true };
  const scan = new PatternScan(set);
  const found: [number, number, number][] = [];
  for (let limit = 0; limit < end; ) {
    limit = Math.min(end, limit + pieceBytes);
    scan.find(window, limit, (pattern, from, to) => found.push([pattern, from, to]));
  }
  return found
    .sort((a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2])
    .map(([pattern, from, to]) => [pattern, bytes.subarray(from, to).toString()]);
}

export function setOf(patterns: readonly string[]): PatternSet {
  return new PatternSet(patterns.map((regex) => ({ regex, ignoreCase: false })));
}
