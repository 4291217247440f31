import type { FileStore, PolicyRow, Trx } from './schema.ts';

/** The policy in force; undefined while it is the engine's own default. */
export function findNewestPolicy(db: FileStore['db']): Promise<PolicyRow | undefined> {
  return db
    .selectFrom('policies')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findPolicy(store: FileStore, version: number): Promise<PolicyRow | undefined> {
  return store.db
    .selectFrom('policies')
    .selectAll()
    .where('version', '=', version)
    .executeTakeFirst();
}

export async function insertPolicy(trx: Trx, row: PolicyRow): Promise<void> {
  await trx.insertInto('policies').values(row).execute();
}

export type PolicyVersion = Pick<PolicyRow, 'version' | 'actor' | 'created_at'>;

/** Versions before a number, newest first. */
export function listPolicyVersions(
  store: FileStore,
  { before, limit }: { before: number; limit: number },
): Promise<PolicyVersion[]> {
  return store.db
    .selectFrom('policies')
    .select(['version', 'actor', 'created_at'])
    .where('version', '<', before)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}
