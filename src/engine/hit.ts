import type { Match } from './detector.ts';
import type { ContextHit } from './types.ts';

/** A match with its confidence, before overlaps are resolved; positions are bytes of the text. */
export interface Hit {
  /** Position of its detector in the scan's list. */
  detector: number;
  start: number;
  end: number;
  line: number;
  /** Where that line starts. */
  lineStart: number;
  confidence: number;
  context: ContextHit[];
  match: Match;
  /** Its value, once it was read; it lives no longer than the hit. */
  text: string | undefined;
}
