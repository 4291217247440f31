import { randomBytes } from 'node:crypto';
import type { FileStore, InstallationRow, Trx } from './schema.ts';

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
  pair: { policyVersion: string; engineVersion: string },
): Promise<number> {
  return store.write(async (trx) => {
    const values = { policy_version: pair.policyVersion, engine_version: pair.engineVersion };
    await trx
      .insertInto('revisions')
      .values({ ...values, created_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { revision } = await trx
      .selectFrom('revisions')
      .select('revision')
      .where('policy_version', '=', pair.policyVersion)
      .where('engine_version', '=', pair.engineVersion)
      .executeTakeFirstOrThrow();
    return revision;
  });
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
