import type { DocumentReport } from '../../../documents/scan-document.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { FileContext } from '../file-context.ts';
import { findContent, updateContent } from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import { replaceFindings } from '../store/findings.ts';
import { isRevision } from '../store/installation.ts';
import type { Trx } from '../store/schema.ts';
import { fileScoreOf, type ReportSummary } from './file-scores.ts';

export interface ScanResult {
  sha256: string;
  /** The revision the scan was asked for. */
  revision: number;
  engineVersion: string;
  document: DocumentReport;
}

export const resultOutcomes = ['landed', 'known', 'gone', 'outdated'] as const;
export type ResultOutcome = (typeof resultOutcomes)[number];

/** Failures that another try may mend: reasons that are about the moment, not about the file. */
const passingReasons = new Set(['timeout', 'crashed', 'memory']);

const retryMilliseconds = [600_000, 3_600_000, 21_600_000];

/**
 * Lands the result of a scan on every file with that content, once: the same result again is
 * `known`, one of an older revision `outdated`, one of a deleted content `gone`.
 */
export async function acceptResult(
  context: FileContext,
  result: ScanResult,
): Promise<ResultOutcome> {
  // Not waiting for the disk: what a power cut takes back, the sweep asks for again.
  const outcome = await context.store.write((trx) => land(context, trx, result), {
    durable: false,
  });
  if (outcome === 'landed') context.events.wake();
  context.metrics.results.inc({ status: outcome === 'landed' ? result.document.status : outcome });
  return outcome;
}

async function land(context: FileContext, trx: Trx, result: ScanResult): Promise<ResultOutcome> {
  const { sha256, revision, document } = result;
  const { status, statusReason, report, mediaType } = document;
  const content = await findContent(trx, sha256);
  if (!content) return 'gone';
  if (content.revision > revision) return 'outdated';
  // A failure is mended by any answer but another failure; else somebody has to wait for one.
  const isNews = content.status === 'failed' ? status !== 'failed' : content.due_at !== null;
  if (content.revision === revision && !isNews) return 'known';
  if (revision > context.revision && !(await isRevision(trx, revision))) {
    throw new AppError('invalid_request', `there is no revision ${revision} of policy and engine`);
  }
  const score = report?.score ?? null;
  const label = report?.label ?? null;
  const attempts = status === 'failed' ? content.attempts + 1 : 0;
  const summary = summaryOf(result);
  const changes = { score, label, report: JSON.stringify(summary) };
  await updateContent(trx, sha256, {
    ...changes,
    status,
    status_reason: statusReason,
    revision,
    scanned_revision: revision,
    attempts,
    due_at: dueAt(context, result, attempts),
    scanned_at: new Date().toISOString(),
  });
  await replaceFindings(trx, sha256, report?.findings ?? []);
  const scoreOf = fileScoreOf(changes, await context.revisions.find(trx, revision), summary);
  await updateFiles(trx, sha256, { status, statusReason, scoreOf, mediaType });
  return 'landed';
}

function summaryOf({ document, engineVersion }: ScanResult): ReportSummary {
  const { report } = document;
  return {
    shares: report?.shares ?? [],
    counts: report?.counts ?? {},
    allowed: report?.allowed ?? {},
    floor: report?.floor ?? null,
    findings_stored: report?.findingsStored ?? 0,
    findings_total: report?.findingsTotal ?? 0,
    lines: report?.lines ?? 0,
    bytes_read: document.bytesRead,
    encoding: document.encoding,
    media_type: document.mediaType,
    engine_version: engineVersion,
    inner: document.inner,
    pictures: document.pictures,
    tallies: report?.tallies ?? null,
  };
}

function dueAt(context: FileContext, result: ScanResult, attempts: number): number | null {
  const { status, statusReason } = result.document;
  if (status === 'failed' && passingReasons.has(statusReason?.split(':')[0] ?? '')) {
    const wait = retryMilliseconds[attempts - 1];
    return wait === undefined ? null : Date.now() + wait;
  }
  // Scored by a worker of another version: the answer stands until one of this version gives its.
  const isOther = result.engineVersion !== context.engineVersion;
  return isOther ? Date.now() + (retryMilliseconds[0] ?? 0) : null;
}
