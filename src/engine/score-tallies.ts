import { covers, findPathEntries } from './allow-rules.ts';
import type { OwnDetector } from './own-detector.ts';
import { type TypeSettings, typeSettings } from './policy.ts';
import type { StoredTally } from './scan-tallies.ts';
import { stepOf } from './scan-tallies.ts';
import { type LabelFloor, labelRank, type Score, scoreFile, type TypeTally } from './score.ts';
import type { Label, Policy } from './types.ts';

/** A score with the exact numbers of findings that count and of those that were allowed, by type. */
export interface ScoredTallies extends Score {
  counts: Record<string, number>;
  allowed: Record<string, number>;
}

const labelsByRank = Object.entries(labelRank).map(([label]) => label as Label);

/**
 * Scores what a scan counted under a policy. The same tallies under the same policy always give
 * the same, whether they come from a scan just done or from one long ago.
 */
export class TallyScorer {
  readonly policy: Policy;
  readonly #own: ReadonlyMap<string, OwnDetector>;

  constructor(policy: Policy) {
    this.policy = policy;
    this.#own = new Map(policy.detectors.map((own) => [own.id, own]));
  }

  /** Scores a file; `path` is what its lists of allowed paths are asked about. */
  score(types: readonly StoredTally[], path?: string): ScoredTallies {
    const entries = findPathEntries(this.policy.allow, path);
    const counts: Record<string, number> = {};
    const allowed: Record<string, number> = {};
    const tallies: TypeTally[] = [];
    for (const stored of types) {
      const settings = this.settingsOf(stored);
      if (settings.off) continue;
      const { tally, allowed: taken } = this.#sum(stored, settings);
      const isAllowed = entries.some((entry) => covers(entry, stored.type));
      const notCounted = isAllowed ? tally.count + taken : taken;
      if (notCounted > 0) allowed[stored.type] = notCounted;
      if (isAllowed || tally.count === 0) continue;
      counts[stored.type] = tally.count;
      tallies.push(tally);
    }
    return { ...scoreFile(tallies, this.policy), counts, allowed };
  }

  /** What is in force for a type, its weight as the policy has it now. */
  settingsOf({ type, weight }: Pick<StoredTally, 'type' | 'weight'>): TypeSettings {
    return typeSettings(this.policy, { id: type, weight: this.#own.get(type)?.weight ?? weight });
  }

  #sum(stored: StoredTally, settings: TypeSettings): { tally: TypeTally; allowed: number } {
    const least = stepOf(settings.minConfidence);
    const sums = { count: 0, distinct: 0, thousandths: 0, rank: 0, allowed: 0 };
    for (const [step, count, distinct, thousandths, rank, allowed] of stored.steps) {
      if (step < least) continue;
      sums.count += count;
      sums.distinct += distinct;
      sums.thousandths += thousandths;
      sums.rank = Math.max(sums.rank, rank);
      sums.allowed += allowed;
    }
    const { type, category, identifiesPerson } = stored;
    const { count, distinct } = sums;
    const tally = {
      type,
      category,
      identifiesPerson,
      weight: settings.weight,
      count,
      distinct,
      distinctWeight: sums.thousandths / 1_000,
      floor: this.#floorOf(stored, sums.rank),
    };
    return { tally, allowed: sums.allowed };
  }

  #floorOf(stored: StoredTally, rank: number): LabelFloor | null {
    const { floors } = this.policy;
    const { type } = stored;
    if (Object.hasOwn(floors.types, type)) {
      const label = floors.types[type] ?? null;
      return label === null ? null : { label, reason: `${type} of the policy` };
    }
    const own = this.#own.get(type);
    if (own !== undefined) {
      return own.label === null ? null : { label: own.label, reason: `${type} of the policy` };
    }
    const demanded = labelsByRank[rank] as Label;
    if (stored.floor !== null && labelRank[stored.floor.label] >= rank) return stored.floor;
    return rank === 0 ? null : { label: demanded, reason: `marked ${demanded}` };
  }
}
