import { sql } from 'kysely';
import { prepareQuery } from '../../../platform/database/prepare-query.ts';
import type { FileSchema, FileStore, Trx } from './schema.ts';

/** Counted under this owner: every file of the installation. */
export const everyone = 0;

export type Facet = 'files' | 'bytes' | 'label' | 'status' | 'type';

export interface CountChange {
  facet: Facet;
  value: string;
  by: number;
}

const add = prepareQuery<FileSchema, CountChange & { owner: number }>((db, value) =>
  sql`insert into file_counts (owner, facet, value, files)
    values (${value('owner')}, ${value('facet')}, ${value('value')}, ${value('by')})
    on conflict do update set files = files + excluded.files`.compile(db),
);

/** Keeps the numbers of the summary, so that reading them never counts files. */
export async function changeCounts(
  trx: Trx,
  owner: number,
  changes: readonly CountChange[],
): Promise<void> {
  const sums = new Map<string, CountChange>();
  for (const change of changes) {
    const key = `${change.facet} ${change.value}`;
    const sum = sums.get(key);
    if (sum) sum.by += change.by;
    else sums.set(key, { ...change });
  }
  for (const { facet, value, by } of sums.values()) {
    if (by === 0) continue;
    await add(trx, { owner, facet, value, by });
    await add(trx, { owner: everyone, facet, value, by });
  }
}

export interface Counted {
  facet: string;
  value: string;
  files: number;
}

/** The counts of one owner, or of `everyone`. */
export function listCounts(store: FileStore, owner: number): Promise<Counted[]> {
  return store.db
    .selectFrom('file_counts')
    .select(['facet', 'value', 'files'])
    .where('owner', '=', owner)
    .where('files', '!=', 0)
    .execute();
}
