import type { LabelFloor } from './score.ts';
import type { Category } from './types.ts';

/** Confidences are counted in steps of 0.01: step 55 holds 0.550 to 0.559. */
export const confidenceSteps = 101;

/**
 * What a type has at one step of confidence. `distinct` counts values whose highest confidence is
 * here, `thousandths` is the sum of those confidences in thousandths, `rank` the highest label that
 * a value here demands by itself (`labelRank`; 0 for none), `allowed` what allow lists took out.
 */
export type TallyStep = [
  step: number,
  count: number,
  distinct: number,
  thousandths: number,
  rank: number,
  allowed: number,
];

/** Everything that a scan knows of one type without its values. */
export interface StoredTally {
  type: string;
  category: Category;
  /** Whether each value is of one person: then many of them are many people. */
  identifiesPerson: boolean;
  /** The detector's own weight and floor, before any policy. */
  weight: number;
  floor: LabelFloor | null;
  /** Lowest step first; only steps with something in them. */
  steps: TallyStep[];
  /** The highest confidence that was under the minimum and therefore not counted; 0 for none. */
  under: number;
  /** Whether published test values were among what was looked at. */
  published: boolean;
  /** Whether there were more distinct values than are told apart. */
  saturated: boolean;
}

/**
 * Overlaps that one type won against another: the least confidence it won with, and the highest
 * that it won against. Without the winner the loser would count.
 */
export interface Contest {
  winner: string;
  loser: string;
  winnerLeast: number;
  loserMost: number;
}

/** What is kept of a scan so that another policy can be applied to it without reading the file. */
export interface ScanTallies {
  types: StoredTally[];
  contests: Contest[];
  /** Whether there were overlaps that `contests` does not tell of. */
  contestsCut: boolean;
}

/** Gives the step of a confidence, 0–1. */
export function stepOf(confidence: number): number {
  return Math.floor(Math.round(confidence * 1_000) / 10);
}
