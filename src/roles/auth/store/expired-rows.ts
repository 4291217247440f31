import type { AuthTransaction } from './auth-store.ts';

export interface Batch {
  now: number;
  limit: number;
}

type Delete = (trx: AuthTransaction, batch: Batch) => Promise<number>;

/** How to delete one batch of what has had its time; each tells how many rows it deleted. */
export const deleteExpired = {
  refresh_tokens: async (trx, { now, limit }) => {
    const expired = trx
      .selectFrom('refresh_tokens')
      .select('hash')
      .where('expires_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('refresh_tokens')
      .where('hash', 'in', expired)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  sessions: async (trx, { now, limit }) => {
    const over = trx
      .selectFrom('sessions')
      .select('id')
      .where((where) =>
        where.or([where('idle_expires_at', '<=', now), where('ended_at', 'is not', null)]),
      )
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('sessions')
      .where('id', 'in', over)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  throttles: async (trx, { now, limit }) => {
    const stale = trx
      .selectFrom('throttles')
      .select('key')
      .where('stale_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('throttles')
      .where('key', 'in', stale)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  invites: async (trx, { now, limit }) => {
    const expired = trx
      .selectFrom('invites')
      .select('id')
      .where('expires_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('invites')
      .where('id', 'in', expired)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  authorization_codes: async (trx, { now, limit }) => {
    const stale = trx
      .selectFrom('authorization_codes')
      .select('hash')
      .where('stale_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('authorization_codes')
      .where('hash', 'in', stale)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  device_codes: async (trx, { now, limit }) => {
    const expired = trx
      .selectFrom('device_codes')
      .select('hash')
      .where('expires_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('device_codes')
      .where('hash', 'in', expired)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
  browser_sessions: async (trx, { now, limit }) => {
    const over = trx
      .selectFrom('browser_sessions')
      .select('id')
      .where('idle_expires_at', '<=', now)
      .limit(limit);
    const { numDeletedRows } = await trx
      .deleteFrom('browser_sessions')
      .where('id', 'in', over)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
} satisfies Record<string, Delete>;

export type ExpiredKind = keyof typeof deleteExpired;
