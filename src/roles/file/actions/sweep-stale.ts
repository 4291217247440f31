import type { FileContext } from '../file-context.ts';
import {
  findContent,
  listStaleContents,
  type StaleContent,
  updateContent,
} from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import { insertScan } from '../store/outbox.ts';
import type { Trx } from '../store/schema.ts';

const batchSize = 500;

/** Batches of one sweep, at most; the next sweep goes on where it ended. */
const mostBatches = 20;

/**
 * Queues just what is stale: unanswered for too long, due for another try, or scored under an
 * older policy or engine. Returns how many; with nothing stale it is one indexed query.
 */
export async function sweepStale(context: FileContext, requestId: string): Promise<number> {
  const { store, revision } = context;
  let queued = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const now = Date.now();
    const stale = await listStaleContents(store, { now, revision, limit: batchSize });
    if (stale.length === 0) break;
    await store.write(async (trx) => {
      for (const content of stale) {
        const { sha256, size } = content;
        await updateContent(trx, sha256, { due_at: now + patience(context, content) });
        const failed = content.status === 'failed';
        if (failed) await wait(trx, sha256);
        await insertScan(trx, { sha256, size, revision, force: failed, requestId });
      }
    });
    queued += stale.length;
    context.wakePublisher();
    if (stale.length < batchSize) break;
  }
  return queued;
}

/** What failed is tried again: until the answer is there it is as good as new. */
async function wait(trx: Trx, sha256: string): Promise<void> {
  const content = await findContent(trx, sha256);
  if (!content) return;
  const { score, label } = content;
  await updateContent(trx, sha256, { status: 'pending', status_reason: null });
  await updateFiles(trx, sha256, { status: 'pending', statusReason: null, score, label });
}

function patience(context: FileContext, content: StaleContent): number {
  // A large file takes its time: a second for each MiB on top.
  const seconds = context.limits.pendingTimeoutSeconds + content.size / 1_048_576;
  return Math.round(seconds * 1_000);
}
