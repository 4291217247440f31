import type { Finding, ScanReport } from '../../../src/engine/types.ts';
import { engineVersion } from '../../../src/engine/version.ts';

export interface ResultOptions {
  sha256: string;
  revision?: number;
  engineVersion?: string;
  score?: number;
  /** How often each type was found. */
  counts?: Record<string, number>;
  /** What of the counted findings is stored; default all. */
  stored?: number;
  status?: 'scored' | 'partial' | 'failed';
  reason?: string | null;
  mediaType?: string;
}

/** A finding as the engine hands it out. */
export function findingOf(type: string, ordinal: number): Finding {
  return {
    type,
    category: 'contact',
    confidence: 0.9,
    place: { offset: ordinal * 20, length: 12, line: ordinal + 1, column: 1 },
    excerpt: `before ******** ${ordinal} after`,
    fingerprint: ordinal.toString(16).padStart(32, '0'),
    trace: {
      detector: type,
      pattern: type,
      validator: null,
      context: [],
      base: 0.8,
      confidence: 0.9,
      notes: [],
      lost: [],
    },
  };
}

export function labelOf(score: number): ScanReport['label'] {
  if (score >= 75) return 'restricted';
  if (score >= 50) return 'confidential';
  return score >= 25 ? 'internal' : 'public';
}

/** A result as a worker delivers it; a failed one has no report. */
export function resultOf(options: ResultOptions): Record<string, unknown> {
  const { sha256, revision = 1, score = 50, counts = {}, status = 'scored' } = options;
  const types = Object.entries(counts);
  const findings = types
    .flatMap(([type, count]) => Array.from({ length: count }, () => type))
    .slice(0, options.stored)
    .map((type, ordinal) => findingOf(type, ordinal));
  const report: ScanReport = {
    score,
    label: labelOf(score),
    floor: null,
    shares: types.map(([type, count]) => ({
      type,
      category: 'contact',
      weight: 0.5,
      count,
      distinct: count,
      risk: 0.5,
      share: score / types.length,
    })),
    counts,
    allowed: {},
    findings,
    findingsStored: findings.length,
    findingsTotal: types.reduce((sum, [, count]) => sum + count, 0),
    tallies: { types: [], contests: [], contestsCut: false },
    policyVersion: 'test',
    engineVersion,
    bytes: 100,
    lines: 10,
  };
  return {
    sha256,
    revision,
    engine_version: options.engineVersion ?? engineVersion,
    document: {
      status,
      statusReason: options.reason ?? null,
      mediaType: options.mediaType ?? 'text/plain',
      encoding: status === 'failed' ? null : 'utf-8',
      report: status === 'failed' ? null : report,
      bytesRead: 100,
    },
  };
}
