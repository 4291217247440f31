import { sql } from 'kysely';
import type { ContentRow, FileStore, Trx } from './schema.ts';

export type StoredContent = Omit<ContentRow, 'attempts'> & { attempts: number };

export function findContent(
  db: FileStore['db'],
  sha256: string,
): Promise<StoredContent | undefined> {
  return db.selectFrom('contents').selectAll().where('sha256', '=', sha256).executeTakeFirst();
}

export async function insertContent(
  trx: Trx,
  content: { sha256: string; size: number; revision: number; dueAt: number },
): Promise<StoredContent> {
  // Deleted and uploaded again before its bytes were unlinked: they stay.
  await trx.deleteFrom('unlinks').where('sha256', '=', content.sha256).execute();
  return trx
    .insertInto('contents')
    .values({
      sha256: content.sha256,
      size: content.size,
      status: 'pending',
      revision: content.revision,
      due_at: content.dueAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateContent(
  trx: Trx,
  sha256: string,
  changes: Partial<Omit<ContentRow, 'sha256' | 'attempts'>> & { attempts?: number },
): Promise<void> {
  await trx.updateTable('contents').set(changes).where('sha256', '=', sha256).execute();
}

/** Deletes a content no file refers to any more and leaves its bytes to be unlinked. */
export async function deleteUnusedContent(trx: Trx, sha256: string): Promise<boolean> {
  const used = await trx
    .selectFrom('files')
    .select('seq')
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
  if (used) return false;
  await trx.deleteFrom('contents').where('sha256', '=', sha256).execute();
  await trx
    .insertInto('unlinks')
    .values({ sha256 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

export async function listUnlinks(store: FileStore, limit: number): Promise<string[]> {
  const rows = await store.db.selectFrom('unlinks').select('sha256').limit(limit).execute();
  return rows.map(({ sha256 }) => sha256);
}

export async function deleteUnlink(trx: Trx, sha256: string): Promise<boolean> {
  const result = await trx.deleteFrom('unlinks').where('sha256', '=', sha256).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export interface StaleContent {
  sha256: string;
  size: number;
  status: ContentRow['status'];
}

/** Contents unanswered for too long or due for another try; nothing stale costs nothing. */
export async function listStaleContents(
  store: FileStore,
  { now, limit }: { now: number; limit: number },
): Promise<StaleContent[]> {
  const { rows } = await sql<StaleContent>`select sha256, size, status from contents
    where due_at is not null and due_at <= ${now} order by due_at limit ${limit}`.execute(store.db);
  return rows;
}
