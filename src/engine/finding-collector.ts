import type { AllowRules } from './allow-rules.ts';
import type { ColumnCounter } from './column-counter.ts';
import { type Detector, maxMatchLeadBytes, type TextWindow } from './detector.ts';
import { deriveSipKey, type SipKey } from './distinct-values.ts';
import { buildExcerpt, excerptReachBytes } from './excerpt.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Hit } from './hit.ts';
import { OverlapResolver } from './overlap-resolver.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { StoredTally } from './scan-tallies.ts';
import { TypeCounter } from './type-counter.ts';
import type { Finding, LostFinding, Place, Policy, ScanReport } from './types.ts';
import { engineVersion } from './version.ts';

/** At most so many findings a type are kept in a report; counts go on. */
export const maxStoredFindings = 1_000;

/** When so many are remembered, those too far back are let go of. */
const maxRecentHits = 64;

const nothingLost: readonly LostFinding[] = [];

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface CollectorOptions {
  policy: Policy;
  fingerprintKey: Uint8Array;
  path?: string | undefined;
  mapPlace?: (place: Place) => Place;
}

/** Turns hits into findings: decides overlaps, counts, masks, and drops the values. */
export class FindingCollector {
  readonly #plan: ScanPlan;
  readonly #detectors: readonly Detector[];
  readonly #columns: ColumnCounter;
  readonly #options: CollectorOptions;
  readonly #resolver: OverlapResolver;
  /** By position of the detector; most meet nothing in a text and have none. */
  readonly #counters: (TypeCounter | undefined)[];
  readonly #key: () => SipKey;
  readonly #findings: Finding[] = [];
  /** Hits before the one in hand that an excerpt may still reach. */
  readonly #recent: Hit[] = [];
  /** The window's bytes while hits are settled. */
  #text: Buffer = Buffer.alloc(0);

  constructor(plan: ScanPlan, columns: ColumnCounter, options: CollectorOptions) {
    const { detectors } = plan.compiled;
    this.#plan = plan;
    this.#detectors = detectors;
    this.#columns = columns;
    this.#options = options;
    this.#resolver = new OverlapResolver(detectors);
    this.#counters = new Array<undefined>(detectors.length).fill(undefined);
    let key: SipKey | undefined;
    this.#key = () => {
      key ??= deriveSipKey(options.fingerprintKey);
      return key;
    };
  }

  /** Takes offsets from 0 again: everything before is settled. */
  startPart(): void {
    this.#recent.length = 0;
  }

  add(hit: Hit): void {
    this.#resolver.add(hit);
  }

  /** The counter of the detector at `position`. */
  counterOf(position: number): TypeCounter {
    const known = this.#counters[position];
    if (known !== undefined) return known;
    const made = new TypeCounter(this.#detectors[position] as Detector, this.#key);
    this.#counters[position] = made;
    return made;
  }

  /** Whether a further finding of the detector at `position` may be stored with its trace. */
  stores(position: number): boolean {
    return (this.#counters[position]?.count ?? 0) < maxStoredFindings;
  }

  /** Whether enough hits wait to be settled: they should not grow old. */
  get isDue(): boolean {
    return this.#resolver.isDue;
  }

  /** Settles every hit whose surroundings are known, given that the pass has reached `passedTo`. */
  settle(window: TextWindow, passedTo: number): void {
    const { buffer, byteOffset, length } = window.bytes;
    this.#text = Buffer.from(buffer, byteOffset, length);
    const resolver = this.#resolver;
    resolver.sort();
    const settledBefore = passedTo - maxMatchLeadBytes - excerptReachBytes;
    for (;;) {
      const hits = resolver.take(settledBefore);
      if (hits === undefined) return;
      const first = hits[0] as Hit;
      if (this.#recent.length > maxRecentHits) this.#forgetBefore(first.start - excerptReachBytes);
      for (const hit of hits) this.#recent.push(hit);
      if (hits.length === 1) this.#keep(window, first, nothingLost);
      else for (const { hit, lost } of resolver.decide(hits)) this.#keep(window, hit, lost);
    }
  }

  /** Gives the report of a text of `bytes` bytes and `lines` lines. */
  report(bytes: number, lines: number): ScanReport {
    const { policy, path } = this.#options;
    const types: StoredTally[] = [];
    for (const counter of this.#counters) {
      const tally = counter?.tally();
      if (tally !== undefined) types.push(tally);
    }
    const { contests } = this.#resolver;
    const scored = this.#plan.scorer.score(types, path);
    const findings = this.#findings.filter(({ type }) => Object.hasOwn(scored.counts, type));
    return {
      ...scored,
      findings,
      findingsStored: findings.length,
      findingsTotal: Object.values(scored.counts).reduce((sum, count) => sum + count, 0),
      tallies: { types, contests: contests.list(), contestsCut: contests.cut },
      policyVersion: policy.version,
      engineVersion,
      bytes,
      lines,
    };
  }

  #keep(window: TextWindow, hit: Hit, lost: readonly LostFinding[]): void {
    const counter = this.counterOf(hit.detector);
    const { allow } = this.#plan;
    const { confidence } = hit;
    const { floor } = hit.match;
    if (allow === null && counter.isSaturated) {
      counter.addUntold(confidence, floor);
      return;
    }
    const detector = this.#detectors[hit.detector] as Detector;
    const value = this.#readText(window, hit);
    const normalised = detector.normalise(value);
    if (allow !== null && this.#isAllowed(allow, detector, { value, normalised })) {
      counter.allow(confidence);
      return;
    }
    counter.add(normalised, confidence, floor);
    if (counter.count <= maxStoredFindings) this.#store(window, hit, { value, normalised, lost });
  }

  #isAllowed(
    allow: AllowRules,
    detector: Detector,
    read: { value: string; normalised: string },
  ): boolean {
    const key = this.#options.fingerprintKey;
    return allow.allows(detector, read, () => fingerprintOf(key, detector.id, read.normalised));
  }

  #store(
    window: TextWindow,
    hit: Hit,
    read: { value: string; normalised: string; lost: readonly LostFinding[] },
  ): void {
    const { id, category, mask } = this.#detectors[hit.detector] as Detector;
    const { value, normalised, lost } = read;
    const near = this.#near(hit);
    const shown = {
      start: hit.start,
      end: hit.end,
      mask: mask(value),
      values: [value, ...near.map((other) => this.#readText(window, other))],
    };
    this.#findings.push({
      type: id,
      category,
      confidence: hit.confidence,
      place: this.#placeOf(window, hit),
      excerpt: buildExcerpt(shown, window, near),
      fingerprint: fingerprintOf(this.#options.fingerprintKey, id, normalised),
      trace: traceOf(id, hit, lost),
    });
  }

  /** Lets go of the hits that end at or before a place. */
  #forgetBefore(place: number): void {
    const recent = this.#recent;
    let kept = 0;
    for (const hit of recent) if (hit.end > place) recent[kept++] = hit;
    recent.length = kept;
  }

  #near(hit: Hit): Hit[] {
    const near = this.#recent.filter((other) => other.end > hit.start - excerptReachBytes);
    this.#resolver.listUndecided(hit.end + excerptReachBytes, near);
    return near;
  }

  /** Reads a hit's value once. */
  #readText(window: TextWindow, hit: Hit): string {
    if (hit.text !== undefined) return hit.text;
    const start = hit.start - window.offset;
    const end = hit.end - window.offset;
    hit.text = isAscii(window.bytes, start, end)
      ? this.#text.toString('latin1', start, end)
      : decoder.decode(window.bytes.subarray(start, end));
    return hit.text;
  }

  #placeOf(window: TextWindow, hit: Hit): Place {
    const { mapPlace } = this.#options;
    const place = {
      offset: hit.start,
      length: hit.end - hit.start,
      line: hit.line,
      column: this.#columns.columnAt(window, hit.lineStart, hit.start),
    };
    return mapPlace === undefined ? place : mapPlace(place);
  }
}

function traceOf(detector: string, hit: Hit, lost: readonly LostFinding[]): Finding['trace'] {
  const { match } = hit;
  const notes = [...(match.notes ?? [])];
  if (match.published !== undefined) notes.push(`published test value: ${match.published}`);
  return {
    detector,
    pattern: match.pattern,
    validator: match.validator,
    context: hit.context,
    base: match.base,
    confidence: hit.confidence,
    notes,
    lost: [...lost],
  };
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return false;
  return true;
}
