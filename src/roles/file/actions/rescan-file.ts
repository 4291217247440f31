import type { Principal } from '../../../platform/http/principal.ts';
import type { FileContext } from '../file-context.ts';
import { insertAudit } from '../store/audit.ts';
import { findContent, updateContent } from '../store/contents.ts';
import { updateFiles } from '../store/files.ts';
import { insertScan } from '../store/outbox.ts';
import type { StoredFile } from '../store/schema.ts';
import { readFile } from './read-file.ts';

/** Scans a file anew, whatever was known; its last score stands until the new one is there. */
export async function rescanFile(
  context: FileContext,
  principal: Principal,
  { id, requestId }: { id: string; requestId: string },
): Promise<StoredFile> {
  const file = await readFile(context, principal, { id, access: 'change' });
  const { revision, limits } = context;
  await context.store.write(async (trx) => {
    const content = await findContent(trx, file.sha256);
    if (!content) return;
    const { sha256, size } = content;
    await updateContent(trx, sha256, {
      status: 'pending',
      status_reason: null,
      attempts: 0,
      due_at: Date.now() + limits.pendingTimeoutSeconds * 1_000,
    });
    await updateFiles(trx, sha256, { status: 'pending', statusReason: null });
    await insertScan(trx, { sha256, size, revision, force: true, requestId });
    await insertAudit(trx, { actor: principal.subject, action: 'rescan', target: id, requestId });
  });
  context.wakePublisher();
  context.events.wake();
  return readFile(context, principal, { id, access: 'change' });
}
