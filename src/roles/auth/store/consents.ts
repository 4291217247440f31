import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, ConsentRow } from './auth-store.ts';

export function findConsent(
  db: Kysely<AuthSchema>,
  { userId, clientId }: { userId: string; clientId: string },
): Promise<ConsentRow | undefined> {
  return db
    .selectFrom('consents')
    .selectAll()
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}

/** What a user agreed to, the newest first. */
export function listConsents(
  db: Kysely<AuthSchema>,
  userId: string,
  limit: number,
): Promise<ConsentRow[]> {
  return db
    .selectFrom('consents')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('granted_at', 'desc')
    .limit(limit)
    .execute();
}

/** Tells whether there was one. */
export async function deleteConsent(
  trx: AuthTransaction,
  { userId, clientId }: { userId: string; clientId: string },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('consents')
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function saveConsent(trx: AuthTransaction, consent: ConsentRow): Promise<void> {
  const { scope, granted_at } = consent;
  await trx
    .insertInto('consents')
    .values(consent)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'client_id']).doUpdateSet({ scope, granted_at }),
    )
    .execute();
}
