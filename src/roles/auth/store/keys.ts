import type { AuthTransaction, SigningKeyRow } from './auth-store.ts';

/** Signing keys, the newest first; `candidate` becomes the first one where there is none. */
export async function readSigningKeys(
  trx: AuthTransaction,
  candidate: SigningKeyRow,
): Promise<SigningKeyRow[]> {
  const keys = await trx
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute();
  if (keys.length > 0) return keys;
  await trx.insertInto('signing_keys').values(candidate).execute();
  return [candidate];
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
