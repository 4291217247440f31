import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, SecondFactorRow } from './auth-store.ts';

export function findSecondFactor(
  db: Kysely<AuthSchema>,
  userId: string,
): Promise<SecondFactorRow | undefined> {
  return db
    .selectFrom('second_factors')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Replaces what the user had, recovery codes among it. */
export async function saveSecondFactor(
  trx: AuthTransaction,
  factor: SecondFactorRow,
  recoveryHashes: readonly Uint8Array[],
): Promise<void> {
  await deleteSecondFactor(trx, factor.user_id);
  await trx.insertInto('second_factors').values(factor).execute();
  const { user_id } = factor;
  await trx
    .insertInto('recovery_codes')
    .values(recoveryHashes.map((hash) => ({ user_id, hash })))
    .execute();
}

export async function deleteSecondFactor(trx: AuthTransaction, userId: string): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await trx.deleteFrom('second_factors').where('user_id', '=', userId).execute();
}

/** Notes the step of a code that was taken; false when another was quicker. */
export async function takeStep(
  trx: AuthTransaction,
  userId: string,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Uses a recovery code up; tells whether there was one. */
export async function takeRecoveryCode(
  trx: AuthTransaction,
  userId: string,
  hash: Uint8Array,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
