import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, ThrottleRow } from './auth-store.ts';

/** A throttle that still means something. */
export function findThrottle(
  db: Kysely<AuthSchema>,
  key: Uint8Array,
  now: number,
): Promise<ThrottleRow | undefined> {
  return db
    .selectFrom('throttles')
    .selectAll()
    .where('key', '=', key)
    .where('stale_at', '>', now)
    .executeTakeFirst();
}

export async function saveThrottle(trx: AuthTransaction, row: ThrottleRow): Promise<void> {
  const { key, ...changes } = row;
  await trx
    .insertInto('throttles')
    .values({ key, ...changes })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(changes))
    .execute();
}

export async function deleteThrottle(trx: AuthTransaction, key: Uint8Array): Promise<void> {
  await trx.deleteFrom('throttles').where('key', '=', key).execute();
}
