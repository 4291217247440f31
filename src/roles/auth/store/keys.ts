import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, SigningKeyRow } from './auth-store.ts';

/** Signing keys, the newest first. */
export function listSigningKeys(db: Kysely<AuthSchema>): Promise<SigningKeyRow[]> {
  return db
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute();
}

/** `candidate` becomes the first signing key where there is none. */
export async function ensureSigningKey(
  trx: AuthTransaction,
  candidate: SigningKeyRow,
): Promise<void> {
  const known = await trx.selectFrom('signing_keys').select('kid').limit(1).executeTakeFirst();
  if (!known) await insertSigningKey(trx, candidate);
}

export async function insertSigningKey(trx: AuthTransaction, key: SigningKeyRow): Promise<void> {
  await trx.insertInto('signing_keys').values(key).execute();
}

/** Deletes all keys but the newest and those that a newer one followed after `since`. */
export async function deleteReplacedKeys(trx: AuthTransaction, since: number): Promise<number> {
  const keys = await listSigningKeys(trx);
  const replaced = keys.filter((_, index) => {
    const newer = keys[index - 1];
    return newer !== undefined && newer.created_at <= since;
  });
  for (const { kid } of replaced) {
    await trx.deleteFrom('signing_keys').where('kid', '=', kid).execute();
  }
  return replaced.length;
}

/** The installation's secret of this name; `candidate` becomes it where there is none. */
export async function readSecret(
  trx: AuthTransaction,
  name: string,
  candidate: Uint8Array,
): Promise<Uint8Array> {
  const known = await trx
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  if (known) return known.value;
  await trx.insertInto('secrets').values({ name, value: candidate }).execute();
  return candidate;
}
