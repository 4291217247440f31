import { type Principal, requireScope } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { deleteExpired, type ExpiredKind } from '../store/expired-rows.ts';
import { deleteReplacedKeys } from '../store/keys.ts';
import { keyLeewayMilliseconds } from './rotate-keys.ts';

/** Rows a transaction: others write in between. */
const batchRows = 500;
const batchesPerKind = 40;

export type PurgeCounts = Record<ExpiredKind, number> & {
  /** False when there is more to delete: call again. */
  complete: boolean;
};

/**
 * Deletes what has had its time, in bounded batches and at most 20,000 rows of each kind.
 *
 * @throws {AppError} `forbidden` without the scope `auth:purge`
 */
export async function purgeExpired(auth: AuthContext, caller: Principal): Promise<PurgeCounts> {
  requireScope(caller, 'auth:purge');
  const now = Date.now();
  const counts = {
    refresh_tokens: 0,
    sessions: 0,
    throttles: 0,
    invites: 0,
    authorization_codes: 0,
    device_codes: 0,
    browser_sessions: 0,
    complete: true,
  };
  for (const kind of Object.keys(deleteExpired) as ExpiredKind[]) {
    let deleted = batchRows;
    for (let batch = 0; batch < batchesPerKind && deleted === batchRows; batch += 1) {
      deleted = await auth.store.write((trx) =>
        deleteExpired[kind](trx, { now, limit: batchRows }),
      );
      counts[kind] += deleted;
    }
    if (deleted === batchRows) counts.complete = false;
  }
  const { accessTokenSeconds } = auth.settings;
  const since = now - accessTokenSeconds * 1_000 - keyLeewayMilliseconds;
  await auth.store.write((trx) => deleteReplacedKeys(trx, since));
  return counts;
}
