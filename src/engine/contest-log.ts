import type { Contest } from './scan-tallies.ts';

const maxContests = 256;

/** Remembers which types won overlaps against which, pair by pair. */
export class ContestLog {
  readonly #byPair = new Map<number, { winnerLeast: number; loserMost: number }>();
  readonly #types: readonly { id: string }[];
  /** Whether there were more than are remembered. */
  cut = false;

  /** `types` by position of the detector. */
  constructor(types: readonly { id: string }[]) {
    this.#types = types;
  }

  note(
    winner: { detector: number; confidence: number },
    loser: { detector: number; confidence: number },
  ): void {
    const pair = winner.detector * this.#types.length + loser.detector;
    const known = this.#byPair.get(pair);
    if (known !== undefined) {
      known.winnerLeast = Math.min(known.winnerLeast, winner.confidence);
      known.loserMost = Math.max(known.loserMost, loser.confidence);
    } else if (this.#byPair.size === maxContests) {
      this.cut = true;
    } else {
      const entry = { winnerLeast: winner.confidence, loserMost: loser.confidence };
      this.#byPair.set(pair, entry);
    }
  }

  list(): Contest[] {
    const size = this.#types.length;
    return [...this.#byPair].map(([pair, confidences]) => ({
      winner: this.#types[Math.floor(pair / size)]?.id ?? '',
      loser: this.#types[pair % size]?.id ?? '',
      ...confidences,
    }));
  }
}
