import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, PersonalTokenRow } from './auth-store.ts';

export async function insertPersonalToken(
  trx: AuthTransaction,
  token: PersonalTokenRow,
): Promise<void> {
  await trx.insertInto('personal_tokens').values(token).execute();
}

export function findPersonalToken(
  db: Kysely<AuthSchema>,
  hash: Uint8Array,
): Promise<PersonalTokenRow | undefined> {
  return db.selectFrom('personal_tokens').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** Names of the tokens of these sessions, by the session's id. */
export async function findTokenNames(
  db: Kysely<AuthSchema>,
  sessionIds: readonly string[],
): Promise<Map<string, string>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('personal_tokens')
    .select(['session_id', 'name'])
    .where('session_id', 'in', sessionIds)
    .execute();
  return new Map(rows.map(({ session_id, name }) => [session_id, name]));
}
