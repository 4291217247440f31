import type { UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import { rotationGraceMilliseconds, successorOf } from '../refresh-token.ts';
import type { AuthTransaction, RefreshTokenRow } from '../store/auth-store.ts';
import {
  endSession,
  findLiveSession,
  findRefreshToken,
  insertRefreshToken,
  markRotated,
  touchSession,
} from '../store/sessions.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';
import { recordEvent } from './record-event.ts';

/** How far a late answer follows the chain of successors. */
const longestChain = 16;

interface Refreshed {
  token: string;
  session: { id: string; role: UserRole };
  userId: string;
  scopes: readonly string[];
}

export interface Refresh {
  token: string;
  /** The client that asks; a token is good for the one it was given to (RFC 6749, section 6). */
  clientId: string;
  /** The client's IP address. */
  address: string;
}

type Outcome = Refreshed | 'unknown' | { reusedIn: string };

/**
 * Swaps a refresh token for its successor and a new access token (RFC 6749, section 6). A token
 * that was swapped already ends its session: two parties hold it (RFC 9700, section 4.14). Within
 * 30 s of its rotation it gets the session's current token instead, as its answer may be lost.
 *
 * @throws {OAuthError} `invalid_grant`
 */
export async function refreshSession(auth: AuthContext, refresh: Refresh): Promise<TokenAnswer> {
  const { store, log, metrics } = auth;
  const outcome = await store.write((trx) => rotate(auth, trx, refresh));
  if (outcome === 'unknown') {
    metrics.failures.inc({ reason: 'invalid_refresh_token' });
    throw notGood();
  }
  if ('reusedIn' in outcome) {
    metrics.failures.inc({ reason: 'reused_refresh_token' });
    log.warn({ session_id: outcome.reusedIn }, 'a refresh token came twice: its session is ended');
    throw notGood();
  }
  metrics.tokensIssued.inc({ grant: 'refresh_token' });
  const { userId: subject, session, scopes, token: refresh_token } = outcome;
  const holder = { subject, clientId: refresh.clientId, scopes, session };
  return { ...(await issueAccessToken(auth, holder)), refresh_token };
}

async function rotate(
  auth: AuthContext,
  trx: AuthTransaction,
  { token, clientId, address }: Refresh,
): Promise<Outcome> {
  const now = Date.now();
  const hash = hashSecret(token);
  const row = await findRefreshToken(trx, hash);
  if (!row || row.expires_at <= now) return 'unknown';
  const live = await findLiveSession(trx, row.session_id, now);
  if (live?.session.client_id !== clientId) return 'unknown';
  const { session, user } = live;
  const refreshed = {
    session: { id: session.id, role: user.role },
    userId: user.id,
    scopes: session.scope.split(' ').filter(Boolean),
  };

  if (row.rotated_at !== null) {
    const isLate = now - row.rotated_at > rotationGraceMilliseconds;
    const current = isLate ? undefined : await findCurrent(auth, trx, token, row);
    if (current !== undefined) return { ...refreshed, token: current };
    await endSession(trx, session.id, now);
    const subject = session.id;
    await recordEvent(trx, { event: 'refresh_token_reused', subject, clientId, address });
    return { reusedIn: session.id };
  }

  const successor = successorOf(token, auth.refreshSecret);
  const idleEnd = now + auth.settings.refreshIdleSeconds * 1_000;
  const expiresAt = Math.min(idleEnd, session.expires_at);
  await markRotated(trx, hash, now);
  await insertRefreshToken(trx, {
    hash: hashSecret(successor),
    session_id: session.id,
    expires_at: expiresAt,
    rotated_at: null,
  });
  await touchSession(trx, session.id, expiresAt);
  return { ...refreshed, token: successor };
}

async function findCurrent(
  auth: AuthContext,
  trx: AuthTransaction,
  token: string,
  row: RefreshTokenRow,
): Promise<string | undefined> {
  let current = token;
  let currentRow: RefreshTokenRow | undefined = row;
  for (let step = 0; step < longestChain && currentRow; step += 1) {
    if (currentRow.rotated_at === null) return current;
    current = successorOf(current, auth.refreshSecret);
    currentRow = await findRefreshToken(trx, hashSecret(current));
  }
  return undefined;
}

function notGood(): OAuthError {
  return new OAuthError('invalid_grant', 'the refresh token is not valid any more: sign in again');
}
