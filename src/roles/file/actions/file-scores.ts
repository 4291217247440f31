import type { InnerDocuments } from '../../../documents/read-document.ts';
import type { ScanTallies } from '../../../engine/scan-tallies.ts';
import type { TallyScorer } from '../../../engine/score-tallies.ts';
import type { PictureCount, Share } from '../../../engine/types.ts';
import type { Revision } from '../revisions.ts';
import type { FileScore } from '../store/files.ts';
import type { ContentRow } from '../store/schema.ts';

/** What is kept of a content's scan beside its findings, and what its policy makes of it. */
export interface ReportSummary {
  shares: Share[];
  counts: Record<string, number>;
  /** Missing in reports of before there were allow lists. */
  allowed?: Record<string, number>;
  floor: unknown;
  findings_stored: number;
  findings_total: number;
  lines: number;
  bytes_read: number;
  encoding: string | null;
  media_type: string;
  engine_version: string;
  /** Missing in reports of before there were any. */
  inner?: InnerDocuments;
  /** Missing in reports of before pictures were counted. */
  pictures?: PictureCount;
  /** What another policy can be applied to; missing in reports of before policies could change. */
  tallies?: ScanTallies | null;
}

type Scored = Pick<ContentRow, 'score' | 'label' | 'report'>;

export function parseReport(report: string | null): ReportSummary | undefined {
  return report === null ? undefined : (JSON.parse(report) as ReportSummary);
}

/** What lists show of a content's score for a file of a certain name. */
export function fileScoreOf(
  content: Scored,
  revision: Revision | undefined,
  summary = parseReport(content.report),
): (name: string) => FileScore {
  const { score, label } = content;
  const whole = { score, label, types: Object.keys(summary?.counts ?? {}) };
  const scorer = pathScorerOf(revision);
  const tallies = summary?.tallies;
  if (scorer === undefined || !tallies || score === null) return () => whole;
  return (name) => {
    const own = scorer.score(tallies.types, name);
    return { score: own.score, label: own.label, types: Object.keys(own.counts) };
  };
}

/**
 * By type, the least confidence of the findings that count in a file of this name; undefined when
 * all that are stored do, because the score is of the scan's own policy.
 */
export function countingIn(
  content: Scored & Pick<ContentRow, 'revision' | 'scanned_revision'>,
  revision: Revision | undefined,
  name: string,
): Record<string, number> | undefined {
  const isOfScan = content.revision === content.scanned_revision;
  if (isOfScan && pathScorerOf(revision) === undefined) return undefined;
  const scorer = revision?.scorer;
  const types = parseReport(content.report)?.tallies?.types;
  if (!scorer || !types) return undefined;
  const { counts } = scorer.score(types, name);
  const counted = types.filter(({ type }) => Object.hasOwn(counts, type));
  return Object.fromEntries(
    counted.map((tally) => [tally.type, scorer.settingsOf(tally).minConfidence]),
  );
}

/** The scorer of a revision whose policy has something to say about names of files. */
export function pathScorerOf(revision: Revision | undefined): TallyScorer | undefined {
  const scorer = revision?.scorer ?? undefined;
  return scorer !== undefined && scorer.policy.allow.paths.length > 0 ? scorer : undefined;
}
