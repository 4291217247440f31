import type { Detector } from './detector.ts';
import { DistinctValues, maxDistinctValues, type SipKey } from './distinct-values.ts';
import { confidenceSteps, type StoredTally, stepOf, type TallyStep } from './scan-tallies.ts';
import { labelRank } from './score.ts';
import type { Label } from './types.ts';

/** What a type has at each step of confidence. */
interface Steps {
  counts: Uint32Array;
  ranks: Uint8Array;
  allowed: Uint32Array;
}

/** Counts one type's findings while a scan runs. */
export class TypeCounter {
  readonly #detector: Detector;
  readonly #key: () => SipKey;
  /** Made for the first value: most types have none in a text. */
  #values: DistinctValues | undefined;
  #steps: Steps | undefined;
  #count = 0;
  #under = 0;
  #published = false;

  /** `key` is asked for when there is a first value. */
  constructor(detector: Detector, key: () => SipKey) {
    this.#detector = detector;
    this.#key = key;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether further values are no longer told apart. */
  get isSaturated(): boolean {
    return this.#values?.size === maxDistinctValues;
  }

  /** Adds a finding; `floor` is the label its value demands by itself. */
  add(normalisedValue: string, confidence: number, floor: Label | undefined): void {
    this.addUntold(confidence, floor);
    this.#values ??= new DistinctValues(this.#key());
    this.#values.add(normalisedValue, confidence);
  }

  /** Adds a finding whose value need not be told from others. */
  addUntold(confidence: number, floor: Label | undefined): void {
    const { counts, ranks } = this.#stepsOf();
    const step = stepOf(confidence);
    this.#count++;
    counts[step] = (counts[step] as number) + 1;
    if (floor !== undefined) ranks[step] = Math.max(ranks[step] as number, labelRank[floor]);
  }

  /** Notes a finding that an allow list takes out. */
  allow(confidence: number): void {
    const { allowed } = this.#stepsOf();
    const step = stepOf(confidence);
    allowed[step] = (allowed[step] as number) + 1;
  }

  /** Notes what was under the minimum. */
  reject(confidence: number): void {
    if (confidence > this.#under) this.#under = confidence;
  }

  /** Notes that a published test value was met, whether it counts or not. */
  notePublished(): void {
    this.#published = true;
  }

  /** Undefined when nothing of this type was met. */
  tally(): StoredTally | undefined {
    if (this.#steps === undefined && this.#under === 0 && !this.#published) return undefined;
    const { id, category, identifiesPerson, weight, floor } = this.#detector;
    return {
      type: id,
      category,
      identifiesPerson: identifiesPerson ?? category === 'identity',
      weight,
      floor: floor ?? null,
      steps: this.#listSteps(),
      under: this.#under,
      published: this.#published,
      saturated: this.isSaturated,
    };
  }

  #listSteps(): TallyStep[] {
    if (this.#steps === undefined) return [];
    const { counts, ranks, allowed } = this.#steps;
    const { distinct = [], thousandths = [] } = this.#values?.bySteps() ?? {};
    const list: TallyStep[] = [];
    for (let step = 0; step < confidenceSteps; step++) {
      const numbers = [counts, distinct, thousandths, ranks, allowed].map((one) => one[step] ?? 0);
      const [count = 0, values = 0, sum = 0, rank = 0, taken = 0] = numbers;
      if (count + values + taken > 0) list.push([step, count, values, sum, rank, taken]);
    }
    return list;
  }

  #stepsOf(): Steps {
    this.#steps ??= {
      counts: new Uint32Array(confidenceSteps),
      ranks: new Uint8Array(confidenceSteps),
      allowed: new Uint32Array(confidenceSteps),
    };
    return this.#steps;
  }
}
