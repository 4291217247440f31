import type { Kysely } from 'kysely';
import type { AuthSchema, AuthTransaction, BrowserSessionRow, UserRow } from './auth-store.ts';

export interface LiveBrowserSession {
  session: BrowserSessionRow;
  user: Pick<UserRow, 'id' | 'email' | 'role'>;
}

export async function insertBrowserSession(
  trx: AuthTransaction,
  session: BrowserSessionRow,
): Promise<void> {
  await trx.insertInto('browser_sessions').values(session).execute();
}

/** The session of a cookie with its user, as long as neither has expired or is disabled. */
export function findBrowserSession(
  db: Kysely<AuthSchema>,
  secretHash: Uint8Array,
  now: number,
): Promise<LiveBrowserSession | undefined> {
  return find(db, now, { column: 'browser_sessions.secret_hash', value: secretHash });
}

/** The session by its id, as long as neither it has expired nor its user is disabled. */
export function findBrowserSessionById(
  db: Kysely<AuthSchema>,
  id: string,
  now: number,
): Promise<LiveBrowserSession | undefined> {
  return find(db, now, { column: 'browser_sessions.id', value: id });
}

async function find(
  db: Kysely<AuthSchema>,
  now: number,
  by:
    | { column: 'browser_sessions.secret_hash'; value: Uint8Array }
    | { column: 'browser_sessions.id'; value: string },
): Promise<LiveBrowserSession | undefined> {
  const row = await db
    .selectFrom('browser_sessions')
    .innerJoin('users', 'users.id', 'browser_sessions.user_id')
    .selectAll('browser_sessions')
    .select(['users.email', 'users.role'])
    .where(by.column, '=', by.value)
    .where('browser_sessions.idle_expires_at', '>', now)
    .where('users.status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  const { email, role, ...session } = row;
  return { session, user: { id: session.user_id, email, role } };
}

export function listBrowserSessions(
  db: Kysely<AuthSchema>,
  userId: string,
  { now, limit }: { now: number; limit: number },
): Promise<BrowserSessionRow[]> {
  return db
    .selectFrom('browser_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('idle_expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

export async function touchBrowserSession(
  trx: AuthTransaction,
  id: string,
  idleExpiresAt: number,
): Promise<void> {
  await trx
    .updateTable('browser_sessions')
    .set({ idle_expires_at: idleExpiresAt })
    .where('id', '=', id)
    .execute();
}

/** Ends a sign-in; what was signed in to through it ends too. Tells whether there was one. */
export async function endBrowserSession(
  trx: AuthTransaction,
  id: string,
  { now, userId }: { now: number; userId: string },
): Promise<boolean> {
  const { id: found } =
    (await trx
      .selectFrom('browser_sessions')
      .select('id')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst()) ?? {};
  if (found === undefined) return false;
  const opened = trx.selectFrom('sessions').select('id').where('browser_session_id', '=', id);
  await trx.deleteFrom('refresh_tokens').where('session_id', 'in', opened).execute();
  await trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('browser_session_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  await trx.deleteFrom('browser_sessions').where('id', '=', id).execute();
  return true;
}
