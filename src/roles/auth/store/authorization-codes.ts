import type { AuthorizationCodeRow, AuthTransaction } from './auth-store.ts';

export async function insertAuthorizationCode(
  trx: AuthTransaction,
  code: AuthorizationCodeRow,
): Promise<void> {
  await trx.insertInto('authorization_codes').values(code).execute();
}

export function findAuthorizationCode(
  trx: AuthTransaction,
  hash: Uint8Array,
): Promise<AuthorizationCodeRow | undefined> {
  return trx
    .selectFrom('authorization_codes')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst();
}

/** @param used what it was redeemed for; null when it was refused, and so is of no more use. */
export async function markCodeUsed(
  trx: AuthTransaction,
  hash: Uint8Array,
  used: { now: number; sessionId: string | null },
): Promise<void> {
  await trx
    .updateTable('authorization_codes')
    .set({ used_at: used.now, session_id: used.sessionId })
    .where('hash', '=', hash)
    .execute();
}
