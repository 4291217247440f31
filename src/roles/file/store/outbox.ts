import type { NewTask } from '../../../broker/broker.ts';
import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

export interface ScanTask {
  sha256: string;
  size: number;
  revision: number;
  /** Scan even when a worker remembers the result. */
  force: boolean;
  requestId: string | undefined;
}

const insertEntry = prepareQuery<FileSchema, { key: string; task: string }>((db, value) =>
  db
    .insertInto('outbox')
    .values({ key: value('key'), task: value('task') })
    .compile(),
);

/** Queues a scan in the transaction that makes it necessary; the publisher does the rest. */
export async function insertScan(trx: Trx, scan: ScanTask): Promise<void> {
  const key = `scan:${scan.sha256}:${scan.revision}`;
  const task: NewTask = {
    name: 'scan_content',
    queue: 'scan',
    key,
    args: { sha256: scan.sha256, size: scan.size, revision: scan.revision, force: scan.force },
    // Small files first: a person waits for them, and a large one does not notice.
    priority: scan.size <= 1_048_576 ? 6 : scan.size <= 104_857_600 ? 5 : 4,
    ...(scan.requestId === undefined ? {} : { requestId: scan.requestId }),
    ...(scan.force ? { revive: true } : {}),
  };
  await insertEntry(trx, { key, task: JSON.stringify(task) });
}

export interface OutboxEntry {
  seq: number;
  task: NewTask;
}

export async function listOutbox(store: FileStore, limit: number): Promise<OutboxEntry[]> {
  const rows = await store.db
    .selectFrom('outbox')
    .select(['seq', 'task'])
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq, task }) => ({ seq, task: JSON.parse(task) as NewTask }));
}

/** Deletes the entries up to this number. */
export async function deleteOutbox(trx: Trx, last: number): Promise<void> {
  await trx.deleteFrom('outbox').where('seq', '<=', last).execute();
}
