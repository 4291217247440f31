import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import { everyone } from './counts.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

export interface FileEvent {
  seq: number;
  owner: number;
  kind: string;
  /** JSON. */
  body: string;
}

interface NewEvent {
  owner: number;
  kind: string;
  /** JSON. */
  body: string;
  at: number;
}

const insert = prepareQuery<FileSchema, NewEvent>((db, value) =>
  db
    .insertInto('events')
    .values({ owner: value('owner'), kind: value('kind'), body: value('body'), at: value('at') })
    .compile(),
);

/** Tells everybody who watches; kept for an hour, so that a watcher who reconnects misses none. */
export async function insertEvent(
  trx: Trx,
  event: { owner: number; kind: string; body: Record<string, unknown> },
): Promise<void> {
  const { owner, kind, body } = event;
  await insert(trx, { owner, kind, body: JSON.stringify(body), at: Date.now() });
}

/** Events after a number, oldest first; of one owner, or of all when `owner` is `everyone`. */
export function listEvents(
  store: FileStore,
  after: number,
  options: { owner: number; limit: number },
): Promise<FileEvent[]> {
  let query = store.db
    .selectFrom('events')
    .select(['seq', 'owner', 'kind', 'body'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(options.limit);
  if (options.owner !== everyone) query = query.where('owner', '=', options.owner);
  return query.execute();
}

export async function readLastEvent(store: FileStore): Promise<number> {
  const row = await store.db
    .selectFrom('events')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

export async function deleteEventsBefore(trx: Trx, at: number): Promise<number> {
  const result = await trx.deleteFrom('events').where('at', '<', at).executeTakeFirst();
  return Number(result.numDeletedRows);
}
