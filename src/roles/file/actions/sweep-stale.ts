import type { FileContext } from '../file-context.ts';
import { listStaleContents, updateContent } from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import { insertScan } from '../store/outbox.ts';
import { patienceMilliseconds } from './patience.ts';

const batchSize = 500;

/** Batches of one sweep, at most; the next sweep goes on where it ended. */
const mostBatches = 20;

/**
 * Queues just what is stale: unanswered for too long, due for another try, or scored under an
 * older policy or engine and not to be scored anew from what is stored. Returns how many; with nothing stale it is one indexed query.
 */
export async function sweepStale(context: FileContext, requestId: string): Promise<number> {
  await context.policies.refresh();
  const { store, revision } = context;
  let { queued } = await context.rescorer.run(requestId);
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const now = Date.now();
    const stale = await listStaleContents(store, { now, limit: batchSize });
    if (stale.length === 0) break;
    await store.write(async (trx) => {
      for (const content of stale) {
        const { sha256, size } = content;
        await updateContent(trx, sha256, { due_at: now + patienceMilliseconds(context, size) });
        const failed = content.status === 'failed';
        if (failed) {
          // It is tried again: until the answer is there it is as good as new.
          await updateContent(trx, sha256, { status: 'pending', status_reason: null });
          await updateFiles(trx, sha256, { status: 'pending', statusReason: null });
        }
        await insertScan(trx, { sha256, size, revision, force: failed, requestId });
      }
    });
    queued += stale.length;
    context.wakePublisher();
    if (stale.length < batchSize) break;
  }
  return queued;
}
