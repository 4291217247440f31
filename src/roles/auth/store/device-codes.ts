import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, DeviceCodeRow } from './auth-store.ts';

export async function insertDeviceCode(trx: AuthTransaction, row: DeviceCodeRow): Promise<void> {
  await trx.insertInto('device_codes').values(row).execute();
}

export function findDeviceCode(
  trx: AuthTransaction,
  hash: Uint8Array,
): Promise<DeviceCodeRow | undefined> {
  return trx.selectFrom('device_codes').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** A request that waits for a person. */
export function findPendingDevice(
  db: Kysely<AuthSchema>,
  userCodeHash: Uint8Array,
  now: number,
): Promise<DeviceCodeRow | undefined> {
  return db
    .selectFrom('device_codes')
    .selectAll()
    .where('user_code_hash', '=', userCodeHash)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function updateDeviceCode(
  trx: AuthTransaction,
  hash: Uint8Array,
  changes: Partial<Pick<DeviceCodeRow, 'status' | 'user_id' | 'polled_at' | 'interval_seconds'>>,
): Promise<void> {
  await trx.updateTable('device_codes').set(changes).where('hash', '=', hash).execute();
}

export async function deleteDeviceCode(trx: AuthTransaction, hash: Uint8Array): Promise<void> {
  await trx.deleteFrom('device_codes').where('hash', '=', hash).execute();
}
