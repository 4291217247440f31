import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, InviteRow } from './auth-store.ts';

export async function insertInvite(trx: AuthTransaction, invite: InviteRow): Promise<void> {
  await trx.insertInto('invites').values(invite).execute();
}

/** An invite that is neither used nor expired. */
export function findOpenInvite(
  db: Kysely<AuthSchema>,
  codeHash: Uint8Array,
  now: number,
): Promise<InviteRow | undefined> {
  return db
    .selectFrom('invites')
    .selectAll()
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Invites in the order they were made, at most `limit + 1` of them. */
export function listInvites(
  db: Kysely<AuthSchema>,
  page: { limit: number; afterId?: string | undefined },
): Promise<InviteRow[]> {
  return db
    .selectFrom('invites')
    .selectAll()
    .where('id', '>', page.afterId ?? '')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
}

export async function markInviteUsed(trx: AuthTransaction, id: string, now: number): Promise<void> {
  await trx.updateTable('invites').set({ used_at: now }).where('id', '=', id).execute();
}

/** Tells whether there was such an invite. */
export async function deleteInvite(trx: AuthTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('invites')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
