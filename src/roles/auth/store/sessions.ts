import type { Kysely } from 'kysely';
import type { UserRole } from '../../../platform/http/principal.ts';
import type {
  AuthSchema,
  AuthTransaction,
  RefreshTokenRow,
  SessionRow,
  UserRow,
} from './auth-store.ts';

export async function insertSession(trx: AuthTransaction, session: SessionRow): Promise<void> {
  await trx.insertInto('sessions').values(session).execute();
}

export function findSession(db: Kysely<AuthSchema>, id: string): Promise<SessionRow | undefined> {
  return db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The session with its user, as long as neither is ended, expired or disabled. */
export async function findLiveSession(
  db: Kysely<AuthSchema>,
  id: string,
  now: number,
): Promise<{ session: SessionRow; user: Pick<UserRow, 'id' | 'role'> } | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('sessions')
    .select('users.role')
    .where('sessions.id', '=', id)
    .where('sessions.ended_at', 'is', null)
    .where('sessions.idle_expires_at', '>', now)
    .where('users.status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  const { role, ...session } = row;
  return { session, user: { id: session.user_id, role } };
}

/** The current role of a live session's user. */
export async function findSessionRole(
  db: Kysely<AuthSchema>,
  id: string,
  now: number,
): Promise<UserRole | undefined> {
  return (await findLiveSession(db, id, now))?.user.role;
}

export async function touchSession(
  trx: AuthTransaction,
  id: string,
  idleExpiresAt: number,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ idle_expires_at: idleExpiresAt })
    .where('id', '=', id)
    .execute();
}

/** Ends one session; its refresh tokens go with it. */
export async function endSession(trx: AuthTransaction, id: string, now: number): Promise<void> {
  await trx.updateTable('sessions').set({ ended_at: now }).where('id', '=', id).execute();
  await trx.deleteFrom('refresh_tokens').where('session_id', '=', id).execute();
}

/**
 * Ends all sessions of a user, save one if it is named; their refresh tokens go with them, and all
 * sign-ins from browsers but the one that it came from.
 */
export async function endSessionsOfUser(
  trx: AuthTransaction,
  userId: string,
  { now, keep = '', keepBrowser }: { now: number; keep?: string; keepBrowser?: string },
): Promise<void> {
  const open = trx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('id', '!=', keep);
  await trx.deleteFrom('refresh_tokens').where('session_id', 'in', open).execute();
  await trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('id', '!=', keep)
    .execute();
  const kept = await trx
    .selectFrom('sessions')
    .select('browser_session_id')
    .where('id', '=', keep)
    .executeTakeFirst();
  await trx
    .deleteFrom('browser_sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', keepBrowser ?? kept?.browser_session_id ?? '')
    .execute();
}

/** Ends a user's sessions at one client; their refresh tokens go with them. */
export async function endSessionsAtClient(
  trx: AuthTransaction,
  { userId, clientId, now }: { userId: string; clientId: string; now: number },
): Promise<void> {
  const open = trx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .where('ended_at', 'is', null);
  await trx.deleteFrom('refresh_tokens').where('session_id', 'in', open).execute();
  await trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Open sessions of a user, the newest first. */
export function listSessions(
  db: Kysely<AuthSchema>,
  userId: string,
  { now, limit }: { now: number; limit: number },
): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function insertRefreshToken(
  trx: AuthTransaction,
  token: RefreshTokenRow,
): Promise<void> {
  await trx.insertInto('refresh_tokens').values(token).execute();
}

export function findRefreshToken(
  db: Kysely<AuthSchema>,
  hash: Uint8Array,
): Promise<RefreshTokenRow | undefined> {
  return db.selectFrom('refresh_tokens').selectAll().where('hash', '=', hash).executeTakeFirst();
}

export async function markRotated(
  trx: AuthTransaction,
  hash: Uint8Array,
  now: number,
): Promise<void> {
  await trx
    .updateTable('refresh_tokens')
    .set({ rotated_at: now })
    .where('hash', '=', hash)
    .execute();
}
