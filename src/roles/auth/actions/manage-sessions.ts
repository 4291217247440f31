import { AppError } from '../../../platform/app-error.ts';
import type { AuthContext } from '../auth-context.ts';
import { personalTokenClientId } from '../builtin-clients.ts';
import { endBrowserSession, listBrowserSessions } from '../store/browser-sessions.ts';
import { findTokenNames } from '../store/personal-tokens.ts';
import { endSession, findSession, listSessions } from '../store/sessions.ts';
import { findClient } from './find-client.ts';
import { recordEvent } from './record-event.ts';

/** The newest of each kind are shown. */
const mostShown = 100;

/** A place where a person is signed in. */
export interface SignedInPlace {
  id: string;
  kind: 'browser' | 'client';
  name: string;
  /** Whose tokens it has; null for a browser. */
  clientId: string | null;
  createdAt: number;
  /** When it ends unless it is used. */
  expiresAt: number;
}

/** Where a person is signed in: browsers first, then clients, the newest first. */
export async function listSessionsOf(auth: AuthContext, userId: string): Promise<SignedInPlace[]> {
  const page = { now: Date.now(), limit: mostShown };
  const browsers = await listBrowserSessions(auth.store.db, userId, page);
  const sessions = await listSessions(auth.store.db, userId, page);
  const tokens = sessions.filter(({ client_id }) => client_id === personalTokenClientId);
  const tokenIds = tokens.map(({ id }) => id);
  const tokenNames = await findTokenNames(auth.store.db, tokenIds);
  const names = new Map<string, string>();
  for (const id of new Set(sessions.map(({ client_id }) => client_id))) {
    names.set(id, (await findClient(auth, id))?.name ?? id);
  }
  return [
    ...browsers.map(({ id, created_at, idle_expires_at }) => ({
      id,
      kind: 'browser' as const,
      name: 'a browser',
      clientId: null,
      createdAt: created_at,
      expiresAt: idle_expires_at,
    })),
    ...sessions.map(({ id, client_id, created_at, idle_expires_at }) => ({
      id,
      kind: 'client' as const,
      name: tokenNames.get(id) ?? names.get(client_id) ?? client_id,
      clientId: client_id,
      createdAt: created_at,
      expiresAt: idle_expires_at,
    })),
  ];
}

/** Ends one of a person's own sessions. @throws {AppError} `not_found` */
export async function endSessionOf(
  auth: AuthContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  await auth.store.write(async (trx) => {
    const now = Date.now();
    const isBrowser = await endBrowserSession(trx, sessionId, { now, userId });
    if (!isBrowser) {
      const session = await findSession(trx, sessionId);
      if (session?.user_id !== userId || session.ended_at !== null) {
        throw new AppError('not_found', 'you have no open session with this id');
      }
      await endSession(trx, sessionId, now);
    }
    await recordEvent(trx, { event: 'session_ended', actor: userId, subject: sessionId });
  });
}
