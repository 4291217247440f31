import type { FileContext } from '../file-context.ts';
import { listStaleContents, type StaleContent, updateContent } from '../store/contents.ts';
import { insertScan } from '../store/outbox.ts';

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
        await updateContent(trx, content.sha256, { due_at: now + patience(context, content) });
        const { sha256, size } = content;
        await insertScan(trx, {
          sha256,
          size,
          revision,
          force: content.status === 'failed',
          requestId,
        });
      }
    });
    queued += stale.length;
    context.wakePublisher();
    if (stale.length < batchSize) break;
  }
  return queued;
}

function patience(context: FileContext, content: StaleContent): number {
  // A large file takes its time: a second for each MiB on top.
  const seconds = context.limits.pendingTimeoutSeconds + content.size / 1_048_576;
  return Math.round(seconds * 1_000);
}
