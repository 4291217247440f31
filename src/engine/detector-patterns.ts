import type { Detector, DetectorPattern, Match, TextWindow } from './detector.ts';
import { type PatternScan, PatternSet } from './patterns/pattern-set.ts';

/** A match of a detector's pattern; `position` is the detector's in the scan's list. */
export interface PatternMatch {
  position: number;
  match: Match;
}

interface PlacedPattern extends DetectorPattern {
  position: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The patterns of all detectors of a scan as one set. */
export class DetectorPatterns {
  readonly set: PatternSet;
  readonly #patterns: readonly PlacedPattern[];

  private constructor(patterns: readonly PlacedPattern[]) {
    this.#patterns = patterns;
    this.set = new PatternSet(patterns);
  }

  /** Null when no detector has a pattern. @throws {PatternError} */
  static of(detectors: readonly Detector[]): DetectorPatterns | null {
    const patterns = detectors.flatMap((detector, position) =>
      (detector.patterns ?? []).map((pattern) => ({ ...pattern, position })),
    );
    return patterns.length === 0 ? null : new DetectorPatterns(patterns);
  }

  /** Finds the matches that start before `limit`, in order of their start. */
  find(scan: PatternScan, window: TextWindow, limit: number): PatternMatch[] {
    const found: PatternMatch[] = [];
    scan.find(window, limit, (number, start, end) => {
      const pattern = this.#patterns[number] as PlacedPattern;
      const match = toMatch(pattern, window, start, end);
      if (match !== undefined) found.push({ position: pattern.position, match });
    });
    return found.sort((a, b) => a.match.start - b.match.start || b.match.end - a.match.end);
  }
}

function toMatch(
  { name, base, validator }: DetectorPattern,
  { bytes }: TextWindow,
  start: number,
  end: number,
): Match | undefined {
  if (validator === null) return { start, end, pattern: name, validator: null, base };
  if (!validator.passes(decoder.decode(bytes.subarray(start, end)))) return undefined;
  return { start, end, pattern: name, validator: `${validator.name}:passed`, base };
}
