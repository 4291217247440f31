import type { Detector } from './detector.ts';
import { DistinctValues, maxDistinctValues, type SipKey } from './distinct-values.ts';
import { confidenceSteps, type StoredTally, stepOf, type TallyStep } from './scan-tallies.ts';
import { labelRank } from './score.ts';
import type { Label } from './types.ts';

/** Counts one type's findings while a scan runs. */
export class TypeCounter {
  readonly #detector: Detector;
  readonly #key: () => SipKey;
  /** Made for the first value: most types have none in a text. */
  #values: DistinctValues | undefined;
  /** By step of confidence: findings, the highest label rank, and what allow lists took out. */
  #counts: Uint32Array | undefined;
  #ranks: Uint8Array | undefined;
  #allowed: Uint32Array | undefined;
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
    this.#counts ??= new Uint32Array(confidenceSteps);
    const step = stepOf(confidence);
    this.#count++;
    this.#counts[step] = (this.#counts[step] as number) + 1;
    if (floor === undefined) return;
    this.#ranks ??= new Uint8Array(confidenceSteps);
    this.#ranks[step] = Math.max(this.#ranks[step] as number, labelRank[floor]);
  }

  /** Notes a finding that an allow list takes out. */
  allow(confidence: number): void {
    this.#allowed ??= new Uint32Array(confidenceSteps);
    const step = stepOf(confidence);
    this.#allowed[step] = (this.#allowed[step] as number) + 1;
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
    const isMet = this.#counts !== undefined || this.#allowed !== undefined;
    if (!isMet && this.#under === 0 && !this.#published) return undefined;
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
    const list: TallyStep[] = [];
    const { distinct, thousandths } = this.#values?.bySteps() ?? {};
    for (let step = 0; step < confidenceSteps; step++) {
      const count = this.#counts?.[step] ?? 0;
      const allowed = this.#allowed?.[step] ?? 0;
      const values = distinct?.[step] ?? 0;
      if (count + values + allowed === 0) continue;
      list.push([step, count, values, thousandths?.[step] ?? 0, this.#ranks?.[step] ?? 0, allowed]);
    }
    return list;
  }
}
