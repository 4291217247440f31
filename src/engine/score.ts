import type { Category, Label, Policy, Share } from './types.ts';

/** What a scan knows of one type when it ends. */
export interface TypeTally {
  type: string;
  category: Category;
  /** Whether its distinct values are people, each its own. */
  identifiesPerson: boolean;
  /** Weight in the score, 0–1. */
  weight: number;
  /** Findings at or above the type's minimum. */
  count: number;
  /** Distinct values among them. */
  distinct: number;
  /** The sum over distinct values of the highest confidence each was found with. */
  distinctWeight: number;
  /** The highest label this type's findings demand, with the reason. */
  floor: LabelFloor | null;
}

/** A label a file gets at least, and why. */
export interface LabelFloor {
  label: Label;
  reason: string;
}

export interface Score {
  score: number;
  label: Label;
  floor: LabelFloor | null;
  shares: Share[];
}

/** The labels' order: a higher rank is more sensitive. */
export const labelRank: Readonly<Record<Label, number>> = {
  public: 0,
  internal: 1,
  confidential: 2,
  restricted: 3,
};

/** Keeps the logarithm of a certain risk finite. */
const leastSafety = 1e-12;

/**
 * Scores a file from its types. One type's risk is `1 − (1 − weight)^(1 + log2 n)` where `n` is its
 * distinct weight; below one the exponent is `n` itself, so half a value counts half and the
 * curve stays continuous. The score is `round(100 × (1 − Π (1 − risk)))`.
 *
 * Risks multiply, so their logarithms add: each type's part of the score is its part of
 * `Σ −ln(1 − risk)`, which treats types alike whatever their order. Parts are whole points and add
 * up to the score exactly: what rounding down leaves goes to the largest remainders, ties to the
 * type first in the alphabet.
 */
export function scoreFile(
  tallies: readonly TypeTally[],
  { labels, floors }: Pick<Policy, 'labels' | 'floors'>,
): Score {
  const counted = tallies
    .filter((tally) => tally.count > 0)
    .toSorted((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  const risks = counted.map((tally) => typeRisk(tally.weight, tally.distinctWeight));
  const safety = risks.reduce((product, risk) => product * (1 - risk), 1);
  const score = Math.round(100 * (1 - safety));
  const parts = apportion(
    score,
    risks.map((risk) => -Math.log(Math.max(leastSafety, 1 - risk))),
  );
  const shares = counted.map((tally, n) => ({
    type: tally.type,
    category: tally.category,
    weight: tally.weight,
    count: tally.count,
    distinct: tally.distinct,
    risk: risks[n] ?? 0,
    share: parts[n] ?? 0,
  }));
  const floor = labelFloor(counted, floors);
  const byScore = labelOfScore(score, labels);
  const label =
    floor !== null && labelRank[floor.label] > labelRank[byScore] ? floor.label : byScore;
  shares.sort((a, b) => b.share - a.share || (a.type < b.type ? -1 : 1));
  return { score, label, floor, shares };
}

/** Computes one type's risk, 0–1, from its weight and the number of its distinct values. */
export function typeRisk(weight: number, distinctWeight: number): number {
  if (!(distinctWeight > 0) || !(weight > 0)) return 0;
  const exponent = distinctWeight < 1 ? distinctWeight : 1 + Math.log2(distinctWeight);
  return 1 - (1 - Math.min(1, weight)) ** exponent;
}

/** Gives the label of a score under the policy's bounds. */
export function labelOfScore(score: number, labels: Policy['labels']): Label {
  if (score >= labels.restricted) return 'restricted';
  if (score >= labels.confidential) return 'confidential';
  if (score >= labels.internal) return 'internal';
  return 'public';
}

/**
 * Finds the highest label that what was found demands whatever the score: what single types
 * demand, many people's identities, health data together with an identity.
 */
export function labelFloor(
  tallies: readonly TypeTally[],
  { manyPeople, healthWithIdentity }: Policy['floors'],
): LabelFloor | null {
  const counted = tallies.filter((tally) => tally.count > 0);
  const floors = counted.flatMap((tally) => (tally.floor === null ? [] : [tally.floor]));
  const identities = counted.filter((tally) => tally.category === 'identity');
  const isMany = (tally: TypeTally): boolean =>
    manyPeople !== null && tally.identifiesPerson && tally.distinct >= manyPeople.count;
  if (manyPeople !== null && counted.some(isMany)) {
    const { label, count } = manyPeople;
    floors.push({ label, reason: `identities of ${count} or more people` });
  }
  const isHealth = identities.length > 0 && counted.some((tally) => tally.category === 'health');
  if (healthWithIdentity !== null && isHealth) {
    floors.push({ label: healthWithIdentity, reason: 'health data with an identity' });
  }
  floors.sort((a, b) => labelRank[b.label] - labelRank[a.label] || (a.reason < b.reason ? -1 : 1));
  return floors[0] ?? null;
}

/** Splits `total` whole points in proportion to `sizes` by largest remainder. */
function apportion(total: number, sizes: readonly number[]): number[] {
  const sum = sizes.reduce((a, b) => a + b, 0);
  if (sum <= 0) return sizes.map(() => 0);
  const exact = sizes.map((size) => (total * size) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  exact
    .map((value, n) => ({ n, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n)
    .slice(0, left)
    .forEach(({ n }) => {
      parts[n] = (parts[n] ?? 0) + 1;
    });
  return parts;
}
