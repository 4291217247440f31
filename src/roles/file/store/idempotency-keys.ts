import { AppError } from '../../../platform/app-error.ts';
import type { Trx } from './schema.ts';

export interface IdempotencyKey {
  owner: number;
  key: string;
  /** What the request was about; another request with the same key is refused. */
  fingerprint: string;
}

/** File ids that the first request with this key made. @throws `idempotency_key_reused` */
export async function findIdempotent(
  trx: Trx,
  { owner, key, fingerprint }: IdempotencyKey,
): Promise<string[] | undefined> {
  const row = await trx
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'file_ids'])
    .where('owner', '=', owner)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.fingerprint !== fingerprint) {
    throw new AppError(
      'idempotency_key_reused',
      'this Idempotency-Key came with another request before: use a new one for each upload',
    );
  }
  return JSON.parse(row.file_ids) as string[];
}

export async function insertIdempotencyKey(
  trx: Trx,
  { owner, key, fingerprint }: IdempotencyKey,
  fileIds: string[],
): Promise<void> {
  await trx
    .insertInto('idempotency_keys')
    .values({ owner, key, fingerprint, file_ids: JSON.stringify(fileIds), at: Date.now() })
    .execute();
}

export async function deleteIdempotencyKeysBefore(trx: Trx, at: number): Promise<number> {
  const result = await trx.deleteFrom('idempotency_keys').where('at', '<', at).executeTakeFirst();
  return Number(result.numDeletedRows);
}
