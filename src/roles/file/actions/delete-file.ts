import type { Principal } from '../../../platform/http/principal.ts';
import type { FileContext } from '../file-context.ts';
import { insertAudit } from '../store/audit.ts';
import { deleteUnlink, deleteUnusedContent, findContent, listUnlinks } from '../store/contents.ts';
import { deleteFile as deleteRows } from '../store/files.ts';
import { fileNotFound, readFile } from './read-file.ts';

/**
 * Deletes a file, or an older version of one; the bytes go when nothing refers to them any more.
 *
 * @throws {AppError} `not_found`
 */
export async function deleteFile(
  context: FileContext,
  principal: Principal,
  { id, requestId }: { id: string; requestId: string },
): Promise<void> {
  await readFile(context, principal, { id, access: 'change' });
  await context.store.write(async (trx) => {
    const deleted = await deleteRows(trx, id);
    if (deleted.length === 0) throw fileNotFound();
    for (const sha256 of new Set(deleted.map((row) => row.sha256))) {
      await deleteUnusedContent(trx, sha256);
    }
    await insertAudit(trx, { actor: principal.subject, action: 'delete', target: id, requestId });
  });
  context.events.wake();
  await unlinkUnused(context);
  context.store.giveBackPages().catch((error) => {
    context.log.warn({ err: error }, 'space of deleted contents could not be given back yet');
  });
}

/**
 * Unlinks the bytes of deleted contents. Each goes inside a write transaction, so that an upload
 * of the same bytes comes either before (and keeps them) or after (and brings its own).
 */
export async function unlinkUnused(context: FileContext): Promise<number> {
  const unlinks = await listUnlinks(context.store, 1_000);
  for (const sha256 of unlinks) {
    await context.store.write(
      async (trx) => {
        if (!(await deleteUnlink(trx, sha256))) return;
        if (!(await findContent(trx, sha256))) context.content.unlink(sha256);
      },
      { alone: true },
    );
  }
  return unlinks.length;
}
