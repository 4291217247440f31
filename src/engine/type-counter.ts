import type { Detector } from './detector.ts';
import { DistinctValues, type SipKey } from './distinct-values.ts';
import { type LabelFloor, labelRank, type TypeTally } from './score.ts';
import type { Label } from './types.ts';

/** Counts one type's findings while a scan runs. */
export class TypeCounter {
  readonly #detector: Detector;
  readonly #weight: number;
  readonly #key: SipKey;
  /** Made for the first value: most types have none in a text. */
  #values: DistinctValues | undefined;
  #count = 0;
  #floor: LabelFloor | null = null;

  constructor(detector: Detector, weight: number, key: SipKey) {
    this.#detector = detector;
    this.#weight = weight;
    this.#key = key;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a finding; `floor` is the label its value demands by itself. */
  add(normalisedValue: string, confidence: number, floor: Label | undefined): void {
    this.#count++;
    this.#values ??= new DistinctValues(this.#key);
    this.#values.add(normalisedValue, confidence);
    if (this.#count === 1) this.#floor = this.#detector.floor ?? null;
    if (floor === undefined) return;
    if (this.#floor === null || labelRank[floor] > labelRank[this.#floor.label]) {
      this.#floor = { label: floor, reason: `marked ${floor}` };
    }
  }

  tally(): TypeTally {
    return {
      type: this.#detector.id,
      category: this.#detector.category,
      identifiesPerson: this.#detector.identifiesPerson ?? this.#detector.category === 'identity',
      weight: this.#weight,
      count: this.#count,
      distinct: this.#values?.size ?? 0,
      distinctWeight: this.#values?.weight ?? 0,
      floor: this.#floor,
    };
  }
}
