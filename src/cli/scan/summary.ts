import { labelRank } from '../../engine/score.ts';
import type { Label } from '../../engine/types.ts';
import { engineVersion } from '../../engine/version.ts';
import { type FileResult, isProblem } from './file-result.ts';

/** What a whole scan comes to, as reports have it. */
export interface ScanSummary {
  /** False when the scan was ended early. */
  complete: boolean;
  /** Files that were read to the end or as far as they can be. */
  files_scanned: number;
  /** Files of which a part could not be read, by reason. */
  partial: Record<string, number>;
  /** What was not scanned, by reason; `ignored` counts files and folders that git ignores. */
  not_scanned: Record<string, number>;
  /** Of these, what should have been and could not. */
  problems: number;
  bytes: number;
  seconds: number;
  /** Scanned files by label. */
  labels: Record<Label, number>;
  /** Findings by type, the most frequent first. */
  types: Record<string, number>;
  findings: number;
  /** Findings that the baseline has; null without one. */
  in_baseline: number | null;
  policy_version: string;
  engine_version: string;
}

/** From which score or label on a file with something to show makes the scan fail. */
export type Threshold = { label: Label } | { score: number } | 'never';

/** Adds results up. */
export class SummaryCounter {
  readonly #threshold: Threshold;
  readonly #started = performance.now();
  readonly #partial = new Map<string, number>();
  readonly #notScanned = new Map<string, number>();
  readonly #labels = { public: 0, internal: 0, confidential: 0, restricted: 0 };
  readonly #types = new Map<string, number>();
  #filesScanned = 0;
  #problems = 0;
  #bytes = 0;
  #findings = 0;
  #isReached = false;

  constructor(threshold: Threshold) {
    this.#threshold = threshold;
  }

  /** Whether a file reached the threshold. */
  get isReached(): boolean {
    return this.#isReached;
  }

  get problems(): number {
    return this.#problems;
  }

  add(result: FileResult, { byFindings }: { byFindings: boolean }): void {
    this.#bytes += result.bytes;
    if (isProblem(result)) this.#problems += 1;
    const reason = result.status_reason ?? result.status;
    if (result.label === null) {
      count(this.#notScanned, reason, 1);
      return;
    }
    this.#filesScanned += 1;
    if (result.status === 'partial') count(this.#partial, reason, 1);
    this.#labels[result.label] += 1;
    this.#findings += result.findings_total;
    if (result.findings_total > 0 && reaches(result, this.#threshold)) this.#isReached = true;
    if (byFindings) for (const { type } of result.findings) count(this.#types, type, 1);
    else for (const share of result.shares) count(this.#types, share.type, share.count);
  }

  finish(scan: {
    complete: boolean;
    ignored: number;
    inBaseline: number | null;
    policyVersion: string;
  }): ScanSummary {
    if (scan.ignored > 0) this.#notScanned.set('ignored', scan.ignored);
    return {
      complete: scan.complete,
      files_scanned: this.#filesScanned,
      partial: sorted(this.#partial),
      not_scanned: sorted(this.#notScanned),
      problems: this.#problems,
      bytes: this.#bytes,
      seconds: Math.round(performance.now() - this.#started) / 1_000,
      labels: this.#labels,
      types: sorted(this.#types),
      findings: this.#findings,
      in_baseline: scan.inBaseline,
      policy_version: scan.policyVersion,
      engine_version: engineVersion,
    };
  }
}

function reaches({ score, label }: FileResult, threshold: Threshold): boolean {
  if (threshold === 'never' || score === null || label === null) return false;
  if ('score' in threshold) return score >= threshold.score;
  return labelRank[label] >= labelRank[threshold.label];
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  const entries = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
