/**
 * Tells what another policy makes of a scan that is done. Either the stored tallies give exactly
 * the score that a scan under the new policy would give, or the content has to be read again; the
 * decision is docs/decisions/0009-what-a-change-reads-again.md.
 */
import { covers } from './allow-rules.ts';
import type { Detector } from './detector.ts';
import { detectors } from './detector-list.ts';
import type { OwnDetector } from './own-detector.ts';
import { isSought, typeSettings } from './policy.ts';
import { type ScanTallies, type StoredTally, stepOf } from './scan-tallies.ts';
import { type ScoredTallies, TallyScorer } from './score-tallies.ts';
import type { AllowEntry, AllowPolicy, PictureCount, Policy } from './types.ts';

/** `rescan` has the reason in words. */
export type Rescored =
  | { outcome: 'scored'; scored: ScoredTallies }
  | { outcome: 'rescan'; reason: string };

/** What the caller knows of a content's findings. */
export interface StoredFindings {
  /** Whether one of the values newly allowed is among the stored findings. */
  holdsAllowed: boolean;
  /** How many findings of a type are stored at most. */
  most: number;
}

/** The step from the policy a content was scanned under to the one that is wanted. */
export class PolicyChange {
  /** Why every content has to be read again; null when not. */
  readonly everyContent: string | null;
  /** Allow entries of values and fingerprints that the scan did not have. */
  readonly newlyAllowed: Pick<AllowPolicy, 'values' | 'fingerprints'>;
  readonly scorer: TallyScorer;
  readonly #scanned: TallyScorer;
  readonly #newPatterns: readonly AllowEntry[];
  readonly #gone: readonly AllowEntry[];
  readonly #testValues: boolean;
  readonly #dropped: ReadonlySet<string>;
  readonly #readsPictures: 'as before' | 'now' | 'no longer';

  constructor(scanned: Policy, wanted: Policy) {
    this.#scanned = new TallyScorer(scanned);
    this.scorer = new TallyScorer(wanted);
    this.everyContent = findNewType(scanned, wanted);
    const kept = new Set(wanted.detectors.map(({ id }) => id));
    this.#dropped = new Set(scanned.detectors.map(({ id }) => id).filter((id) => !kept.has(id)));
    const { ocr } = wanted.images;
    this.#readsPictures = scanned.images.ocr === ocr ? 'as before' : ocr ? 'now' : 'no longer';
    this.#testValues = scanned.countTestValues !== wanted.countTestValues;
    const before = scanned.allow;
    const after = wanted.allow;
    this.newlyAllowed = {
      values: without(after.values, before.values),
      fingerprints: without(after.fingerprints, before.fingerprints),
    };
    this.#newPatterns = without(after.patterns, before.patterns);
    this.#gone = [
      ...without(before.values, after.values),
      ...without(before.patterns, after.patterns),
      ...without(before.fingerprints, after.fingerprints),
    ];
  }

  /** Whether the stored findings have to be asked for newly allowed values. */
  get asksFindings(): boolean {
    return this.newlyAllowed.values.length + this.newlyAllowed.fingerprints.length > 0;
  }

  /** Whether a document has to be read again whatever was found in it, because of its pictures. */
  readsOtherwise({ read, unread }: PictureCount): boolean {
    if (this.#readsPictures === 'as before') return false;
    return this.#readsPictures === 'now' ? unread > 0 : read > 0;
  }

  apply({ types, contests, contestsCut }: ScanTallies, stored: StoredFindings): Rescored {
    const reason =
      this.everyContent ??
      this.#findAllowReason(types, stored) ??
      types.map((tally) => this.#findTypeReason(tally)).find((found) => found !== null) ??
      null;
    if (reason !== null) return { outcome: 'rescan', reason };
    const left = types.filter(({ type }) => !this.#isOut(type));
    const isChanged = left.length < types.length || types.some((one) => this.#isRaised(one));
    if (contestsCut && isChanged) return rescan('overlaps were too many to be kept');
    const reopened = contests.find(
      ({ winner, loser, winnerLeast, loserMost }) =>
        !this.#counts(winner, winnerLeast) && this.#counts(loser, loserMost),
    );
    if (reopened !== undefined) {
      return rescan(`${reopened.loser} overlapped ${reopened.winner}, which no longer counts`);
    }
    return { outcome: 'scored', scored: this.scorer.score(left) };
  }

  #findTypeReason(tally: StoredTally): string | null {
    const { type, under, published, saturated } = tally;
    if (this.#isOut(type)) return null;
    if (this.#testValues && published) return 'test values were met, which count otherwise now';
    const before = this.#scanned.settingsOf(tally).minConfidence;
    const after = this.scorer.settingsOf(tally).minConfidence;
    if (before === after) return null;
    if (saturated) return `${type} has more values than are told apart`;
    if (after < before && under >= after) return `${type} has findings under its former minimum`;
    const isStep = Math.abs(after * 100 - Math.round(after * 100)) < 1e-9;
    return isStep ? null : `the minimum of ${type} is between two steps of 0.01`;
  }

  #findAllowReason(types: readonly StoredTally[], stored: StoredFindings): string | null {
    const taken = types.some(
      (tally) =>
        tally.steps.some(([, , , , , allowed]) => allowed > 0) &&
        this.#gone.some((entry) => covers(entry, tally.type)),
    );
    if (taken) return 'values were allowed that may not be any more';
    const found = types.filter((tally) => countOf(tally) > 0);
    if (found.some(({ type }) => this.#newPatterns.some((entry) => covers(entry, type)))) {
      return 'a new allow pattern may match what was found';
    }
    if (stored.holdsAllowed) return 'a value that was found is allowed now';
    const { values, fingerprints } = this.newlyAllowed;
    const listed = [...values, ...fingerprints];
    const cut = found.filter((tally) => countOf(tally) > stored.most);
    if (cut.some(({ type }) => listed.some((entry) => covers(entry, type)))) {
      return 'not every finding is stored, so a newly allowed value may be among them';
    }
    return null;
  }

  #isOut(type: string): boolean {
    return this.#dropped.has(type) || this.scorer.settingsOf({ type, weight: 0 }).off;
  }

  #isRaised(tally: StoredTally): boolean {
    const before = this.#scanned.settingsOf(tally).minConfidence;
    return this.scorer.settingsOf(tally).minConfidence > before;
  }

  #counts(type: string, confidence: number): boolean {
    const { minConfidence } = this.scorer.settingsOf({ type, weight: 0 });
    return !this.#isOut(type) && stepOf(confidence) >= stepOf(minConfidence);
  }
}

function rescan(reason: string): Rescored {
  return { outcome: 'rescan', reason };
}

function countOf({ steps }: StoredTally): number {
  return steps.reduce((sum, [, count]) => sum + count, 0);
}

/** A type that the scan did not look for, or looked for in another way. */
function findNewType(scanned: Policy, wanted: Policy): string | null {
  const isOff = (policy: Policy, id: string): boolean =>
    Object.hasOwn(policy.types, id) && policy.types[id]?.off === true;
  for (const own of wanted.detectors) {
    if (isOff(wanted, own.id)) continue;
    const before = scanned.detectors.find(({ id }) => id === own.id);
    if (before === undefined) return `${own.id} is new`;
    if (detectionOf(before) !== detectionOf(own)) return `${own.id} looks for something else now`;
  }
  const unsought = detectors.find((one) => !isSought(scanned, one) && isSought(wanted, one));
  if (unsought !== undefined && !isOff(scanned, unsought.id)) {
    return `${unsought.id} could not reach its former minimum`;
  }
  const lowered = detectors.find((one) => isLoweredPastForm(one, scanned, wanted));
  if (lowered !== undefined) return `${lowered.id} counts without a word beside it now`;
  const known = new Set(scanned.detectors.map(({ id }) => id));
  for (const id of Object.keys(scanned.types)) {
    const isKept = !known.has(id) || wanted.detectors.some((own) => own.id === id);
    if (isKept && isOff(scanned, id) && !isOff(wanted, id)) return `${id} was off`;
  }
  return null;
}

/** A form whose confidence is under the minimum is not looked at unless a word stands beside it. */
function isLoweredPastForm(detector: Detector, scanned: Policy, wanted: Policy): boolean {
  const before = typeSettings(scanned, detector).minConfidence;
  const after = typeSettings(wanted, detector).minConfidence;
  const { forms = [] } = detector.anchors;
  return isSought(wanted, detector) && forms.some(({ base = 1 }) => base < before && base >= after);
}

/** Everything of an own detector but what only the score depends on. */
function detectionOf({ weight: _, label: __, ...detection }: OwnDetector): string {
  return JSON.stringify(detection);
}

function without(
  entries: readonly AllowEntry[],
  others: readonly AllowEntry[],
): readonly AllowEntry[] {
  const known = new Set(others.map((entry) => JSON.stringify(entry)));
  return entries.filter((entry) => !known.has(JSON.stringify(entry)));
}
