import { ContestLog } from './contest-log.ts';
import type { Detector } from './detector.ts';
import { maxMatchBytes } from './detector.ts';
import type { Hit } from './hit.ts';
import type { LostFinding } from './types.ts';

/** A hit that stays, with what it won against. */
export interface Winner {
  hit: Hit;
  lost: LostFinding[];
}
const maxClusterHits = 512;
/** Few enough that hits are gone before the collector moves them, many enough to sort together. */
const leastBatch = 64;

/**
 * Decides among overlapping hits: the more specific type wins, then the more confident hit, then
 * the longer one. Hits that overlap directly or through others form a cluster, which is decided
 * when the text after it is known. A cluster is cut at 512 hits or 64 KB, whatever overlaps, so
 * memory stays bounded.
 */
export class OverlapResolver {
  readonly contests: ContestLog;
  readonly #detectors: readonly Detector[];
  readonly #pending: Hit[] = [];
  /** Hits before this index are decided. */
  #head = 0;
  /** How many hits were undecided when they were sorted last. */
  #sorted = 0;
  #isInOrder = true;

  constructor(detectors: readonly Detector[]) {
    this.#detectors = detectors;
    this.contests = new ContestLog(detectors);
  }

  add(hit: Hit): void {
    const pending = this.#pending;
    const last = pending[pending.length - 1];
    if (last !== undefined && byPlace(last, hit) > 0) this.#isInOrder = false;
    pending.push(hit);
  }

  /** Whether so many hits were added since the last sorting that another one pays. */
  get isDue(): boolean {
    const added = this.#pending.length - this.#sorted;
    return added >= leastBatch && added >= this.#sorted;
  }

  /** Adds to `list` the undecided hits up to `before`, in order of their start. */
  listUndecided(before: number, list: Hit[]): void {
    for (let n = this.#head; n < this.#pending.length; n++) {
      const hit = this.#pending[n] as Hit;
      if (hit.start >= before) return;
      list.push(hit);
    }
  }

  /** Sorts what was added since the last time; call before `take`. */
  sort(): void {
    const pending = this.#pending;
    let left = 0;
    for (let n = this.#head; n < pending.length; n++) pending[left++] = pending[n] as Hit;
    pending.length = left;
    if (!this.#isInOrder) pending.sort(byPlace);
    this.#isInOrder = true;
    this.#head = 0;
    this.#sorted = left;
  }

  /**
   * Takes the hits of the next cluster that ends at or before `settledBefore` (all hits that start
   * before that offset are known), in order of their start; undefined if none does.
   */
  take(settledBefore: number): Hit[] | undefined {
    const first = this.#pending[this.#head];
    if (first === undefined) return undefined;
    let end = first.end;
    let last = this.#head + 1;
    const limit = Math.min(this.#pending.length, this.#head + maxClusterHits);
    for (; last < limit; last++) {
      const next = this.#pending[last] as Hit;
      if (next.start >= end) break;
      if (next.end - first.start > maxMatchBytes) {
        this.contests.cut = true;
        break;
      }
      end = Math.max(end, next.end);
    }
    if (last === this.#head + maxClusterHits) this.contests.cut = true;
    if (end > settledBefore) return undefined;
    const hits = last === this.#head + 1 ? [first] : this.#pending.slice(this.#head, last);
    this.#head = last;
    return hits;
  }

  /** Decides a cluster; the winners are in order of their start. */
  decide(hits: readonly Hit[]): Winner[] {
    const winners: Winner[] = [];
    for (const hit of hits.toSorted((a, b) => this.#compare(a, b))) {
      const better = winners.find((w) => w.hit.start < hit.end && hit.start < w.hit.end);
      if (better === undefined) {
        winners.push({ hit, lost: [] });
        continue;
      }
      better.lost.push(this.#lost(hit, better.hit));
      this.contests.note(better.hit, hit);
    }
    return winners.sort((a, b) => a.hit.start - b.hit.start);
  }

  #compare(a: Hit, b: Hit): number {
    return (
      this.#specificity(b) - this.#specificity(a) ||
      b.confidence - a.confidence ||
      b.end - b.start - (a.end - a.start) ||
      a.start - b.start ||
      a.detector - b.detector
    );
  }

  #specificity(hit: Hit): number {
    return this.#detectors[hit.detector]?.specificity ?? 0;
  }

  #lost(hit: Hit, winner: Hit): LostFinding {
    const byType = this.#specificity(hit) !== this.#specificity(winner);
    const byConfidence = hit.confidence !== winner.confidence;
    return {
      type: this.#detectors[hit.detector]?.id ?? '',
      confidence: hit.confidence,
      reason: byType ? 'less specific' : byConfidence ? 'less confident' : 'not longer',
    };
  }
}

function byPlace(a: Hit, b: Hit): number {
  return a.start - b.start || b.end - a.end || a.detector - b.detector;
}
