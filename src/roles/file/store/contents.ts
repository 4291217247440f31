import { sql } from 'kysely';
import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { ContentRow, FileSchema, FileStore, Trx } from './schema.ts';

export type StoredContent = Omit<ContentRow, 'seq' | 'attempts'> & {
  seq: number;
  attempts: number;
};

const find = prepareQuery<FileSchema, { sha256: string }, StoredContent>((db, value) =>
  db.selectFrom('contents').selectAll().where('sha256', '=', value('sha256')).compile(),
);

export async function findContent(
  db: FileStore['db'],
  sha256: string,
): Promise<StoredContent | undefined> {
  const [content] = await find(db, { sha256 });
  return content;
}

interface NewContent {
  sha256: string;
  size: number;
  revision: number;
  due_at: number;
}

const insert = prepareQuery<FileSchema, NewContent, StoredContent>((db, value) =>
  db
    .insertInto('contents')
    .values({
      sha256: value('sha256'),
      size: value('size'),
      status: 'pending',
      revision: value('revision'),
      due_at: value('due_at'),
    })
    .returningAll()
    .compile(),
);

/** Inserts a content that waits for its first scan. */
export async function insertContent(trx: Trx, content: NewContent): Promise<StoredContent> {
  const [inserted] = await insert(trx, content);
  if (!inserted) throw new Error('a content was inserted without a row');
  return inserted;
}

export async function updateContent(
  trx: Trx,
  sha256: string,
  changes: Partial<Omit<ContentRow, 'seq' | 'sha256' | 'attempts'>> & { attempts?: number },
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
