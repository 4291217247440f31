import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import type { AuthTransaction } from '../store/auth-store.ts';
import { insertRefreshToken, insertSession } from '../store/sessions.ts';

export interface NewSession {
  userId: string;
  clientId: string;
  scopes: readonly string[];
  /** The sign-in it comes from, and ends with. */
  browserSessionId: string | null;
}

export interface OpenedSession {
  id: string;
  /** Its first one. */
  refreshToken: string;
}

/** Opens a session of a person at a client. */
export async function openSession(
  auth: AuthContext,
  trx: AuthTransaction,
  { userId, clientId, scopes, browserSessionId }: NewSession,
): Promise<OpenedSession> {
  const { refreshIdleSeconds, refreshAbsoluteSeconds } = auth.settings;
  const now = Date.now();
  const id = uuidv7();
  const refreshToken = newSecret();
  const idleExpiresAt = now + Math.min(refreshIdleSeconds, refreshAbsoluteSeconds) * 1_000;
  await insertSession(trx, {
    id,
    user_id: userId,
    created_at: now,
    idle_expires_at: idleExpiresAt,
    expires_at: now + refreshAbsoluteSeconds * 1_000,
    ended_at: null,
    client_id: clientId,
    scope: scopes.join(' '),
    browser_session_id: browserSessionId,
  });
  await insertRefreshToken(trx, {
    hash: hashSecret(refreshToken),
    session_id: id,
    expires_at: idleExpiresAt,
    rotated_at: null,
  });
  return { id, refreshToken };
}
