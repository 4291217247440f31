import { fingerprintsOf } from '../../../engine/allow-rules.ts';
import { detectors } from '../../../engine/detector-list.ts';
import { maxStoredFindings } from '../../../engine/finding-collector.ts';
import { PolicyChange } from '../../../engine/rescore.ts';
import type { ScoredTallies } from '../../../engine/score-tallies.ts';
import type { PictureCount } from '../../../engine/types.ts';
import type { RescoreContext } from '../file-context.ts';
import type { Revision } from '../revisions.ts';
import { updateContent } from '../store/contents.ts';
import { everyone } from '../store/counts.ts';
import { insertEvent } from '../store/events.ts';
import { insertScan } from '../store/outbox.ts';
import {
  listFilesOf,
  listHolding,
  listOldContents,
  type OldContent,
  type RescoredContent,
  type RescoredFile,
  updateRescored,
  updateRescoredFiles,
} from '../store/rescored.ts';
import type { Trx } from '../store/schema.ts';
import { fileScoreOf, parseReport, type ReportSummary } from './file-scores.ts';
import { patienceMilliseconds } from './patience.ts';

const batchSize = 250;

/** Failures that another policy may have no part in, or that another try may mend. */
const mendable = /^(?:timeout|crashed|memory|dead_letter)/;

export interface RescoreOutcome {
  /** Contents whose answer is of the policy in force again, without being read. */
  rescored: number;
  /** Contents queued to be read again. */
  queued: number;
}

/**
 * Brings the next contents of older revisions to the policy in force: those whose tallies tell the
 * new score get it, the others are queued for a scan. All of a batch is one transaction and what
 * is left is in the database, so after a crash the next call goes on where it ended.
 */
export async function rescoreContents(
  context: RescoreContext,
  requestId: string | undefined,
): Promise<RescoreOutcome> {
  const { db } = context.store;
  const { revision } = context.policies;
  const wanted = await context.revisions.find(db, revision);
  const [old] = await listOldContents(db, { revision, limit: 1 });
  // Nothing to do takes no turn of the writers'.
  if (wanted === undefined || old === undefined) return { rescored: 0, queued: 0 };
  return context.store.write((trx) => rescoreBatch(context, trx, { wanted, requestId }), {
    durable: false,
  });
}

interface Wanted {
  wanted: Revision;
  requestId: string | undefined;
}

async function rescoreBatch(
  context: RescoreContext,
  trx: Trx,
  { wanted, requestId }: Wanted,
): Promise<RescoreOutcome> {
  const contents = await listOldContents(trx, { revision: wanted.revision, limit: batchSize });
  if (contents.length === 0) return { rescored: 0, queued: 0 };
  const plan = await planBatch(context, trx, contents, wanted);
  await updateRescored(trx, wanted.revision, plan);
  await updateRescoredFiles(trx, await listChangedFiles(trx, plan, wanted));
  for (const { sha256, size, status } of plan.toScan) {
    const force = status === 'failed';
    await updateContent(trx, sha256, { due_at: Date.now() + patienceMilliseconds(context, size) });
    await insertScan(trx, { sha256, size, revision: wanted.revision, force, requestId });
  }
  const rescored = plan.kept.length + plan.changed.length;
  const queued = plan.toScan.length;
  const body = { policy_version: wanted.policyVersion, rescored, queued };
  await insertEvent(trx, { owner: everyone, kind: 'rescored', body });
  return { rescored, queued };
}

interface Plan {
  /** Contents whose score is the same. */
  kept: string[];
  changed: RescoredContent[];
  toScan: OldContent[];
  /** Everything that is scored now, for the files whose names decide. */
  scored: { content: RescoredContent; summary: ReportSummary }[];
}

async function planBatch(
  context: RescoreContext,
  trx: Trx,
  contents: readonly OldContent[],
  wanted: Revision,
): Promise<Plan> {
  const plan: Plan = { kept: [], changed: [], toScan: [], scored: [] };
  const steps = await findSteps(context, trx, contents, wanted);
  for (const content of contents) {
    const { sha256 } = content;
    const step = steps.get(content.scanned_revision ?? -1);
    const summary = parseReport(content.report);
    if (step?.change.readsOtherwise(picturesOf(content, summary)) === true) {
      plan.toScan.push(content);
      continue;
    }
    if (content.status === 'failed') {
      const isMendable = step === undefined || mendable.test(content.status_reason ?? '');
      if (isMendable) plan.toScan.push(content);
      else plan.kept.push(sha256);
      continue;
    }
    const isOther = summary?.engine_version !== context.engineVersion;
    if (step === undefined || !summary?.tallies || isOther) {
      plan.toScan.push(content);
      continue;
    }
    const stored = { holdsAllowed: step.holding.has(sha256), most: maxStoredFindings };
    const result = step.change.apply(summary.tallies, stored);
    if (result.outcome === 'rescan') {
      plan.toScan.push(content);
      continue;
    }
    const after = withScore(content, summary, result.scored);
    plan.scored.push(after);
    if (after.content.report === content.report) plan.kept.push(sha256);
    else plan.changed.push(after.content);
  }
  return plan;
}

/** The way from a revision to the one in force; none when the engine is another or unknown. */
interface Step {
  change: PolicyChange;
  /** Contents of the batch in which something is found that is allowed now. */
  holding: ReadonlySet<string>;
}

async function findSteps(
  context: RescoreContext,
  trx: Trx,
  contents: readonly OldContent[],
  wanted: Revision,
): Promise<Map<number, Step>> {
  const steps = new Map<number, Step>();
  for (const number of new Set(contents.map((one) => one.scanned_revision ?? -1))) {
    const scanned = number < 0 ? undefined : await context.revisions.find(trx, number);
    if (!scanned?.policy || !wanted.policy) continue;
    if (scanned.engineVersion !== wanted.engineVersion) continue;
    const change = new PolicyChange(scanned.policy, wanted.policy);
    const hashes = contents.filter((one) => one.scanned_revision === number);
    const holding = change.asksFindings
      ? await listHolding(
          trx,
          hashes.map(({ sha256 }) => sha256),
          [...fingerprintsOf(change.newlyAllowed, detectors, context.fingerprintKey)],
        )
      : new Set<string>();
    steps.set(number, { change, holding });
  }
  return steps;
}

/** Reports of before pictures were counted tell only of those that kept a document from being read. */
function picturesOf(content: OldContent, summary: ReportSummary | undefined): PictureCount {
  if (summary?.pictures !== undefined) return summary.pictures;
  const reasons = [content.status_reason ?? '', ...Object.keys(summary?.inner?.problems ?? {})];
  const unread = reasons.filter((reason) => /^unsupported:image(?:\/|$)/.test(reason)).length;
  return { read: 0, unread };
}

function withScore(
  content: OldContent,
  before: ReportSummary,
  scored: ScoredTallies,
): { content: RescoredContent; summary: ReportSummary } {
  const { score, label, floor, shares, counts, allowed } = scored;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const summary = { ...before, shares, counts, allowed, floor, findings_total: total };
  const report = JSON.stringify(summary);
  return { content: { sha256: content.sha256, score, label, report }, summary };
}

/** Files whose score is another one; their names may decide where the content's is the same. */
async function listChangedFiles(trx: Trx, plan: Plan, wanted: Revision): Promise<RescoredFile[]> {
  const byHash = new Map(plan.scored.map((one) => [one.content.sha256, one]));
  const files = await listFilesOf(trx, [...byHash.keys()]);
  return files.flatMap((before) => {
    const one = byHash.get(before.sha256);
    if (one === undefined) return [];
    const after = fileScoreOf(one.content, wanted, one.summary)(before.name);
    const isSame =
      after.score === before.score &&
      after.label === before.label &&
      (before.current === 0 || after.types.toSorted().join() === before.types.toSorted().join());
    return isSame ? [] : [{ before, ...after }];
  });
}
