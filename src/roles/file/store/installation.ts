import { randomBytes } from 'node:crypto';
import type { Policy } from '../../../engine/types.ts';
import type { FileStore, InstallationRow, RevisionRow, Trx } from './schema.ts';

/** The installation's keys, made at the first start. */
export function readInstallation(store: FileStore): Promise<InstallationRow> {
  return store.write(async (trx) => {
    await trx
      .insertInto('installation')
      .values({ id: 1, cursor_key: randomBytes(32), fingerprint_key: randomBytes(32) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return trx.selectFrom('installation').selectAll().executeTakeFirstOrThrow();
  });
}

/** The number of this pair of policy and engine; a pair never seen gets the next one. */
export function ensureRevision(
  store: FileStore,
  pair: { policy: Policy; engineVersion: string },
): Promise<number> {
  return store.write(async (trx) => {
    const { policy, engineVersion } = pair;
    await trx
      .insertInto('revisions')
      .values({
        policy_version: policy.version,
        engine_version: engineVersion,
        created_at: new Date().toISOString(),
        policy: JSON.stringify(policy),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { revision } = await trx
      .selectFrom('revisions')
      .select('revision')
      .where('policy_version', '=', policy.version)
      .where('engine_version', '=', engineVersion)
      .executeTakeFirstOrThrow();
    return revision;
  });
}

/** The pair of policy and engine that has this number. */
export function findRevision(
  db: FileStore['db'],
  revision: number,
): Promise<Pick<RevisionRow, 'policy_version' | 'engine_version' | 'policy'> | undefined> {
  return db
    .selectFrom('revisions')
    .select(['policy_version', 'engine_version', 'policy'])
    .where('revision', '=', revision)
    .executeTakeFirst();
}

/** Whether this number was given to a pair of policy and engine. */
export async function isRevision(trx: Trx, revision: number): Promise<boolean> {
  const row = await trx
    .selectFrom('revisions')
    .select('revision')
    .where('revision', '=', revision)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws when the database cannot be read. */
export async function checkDatabase(store: FileStore): Promise<void> {
  await store.db.selectFrom('installation').select('id').execute();
}
