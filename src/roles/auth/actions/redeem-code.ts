import type { UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { type Client, grantTypes } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import { provesChallenge } from '../pkce.ts';
import type { AuthTransaction } from '../store/auth-store.ts';
import { findAuthorizationCode, markCodeUsed } from '../store/authorization-codes.ts';
import { findBrowserSessionById } from '../store/browser-sessions.ts';
import { endSession } from '../store/sessions.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { recordEvent } from './record-event.ts';

export interface Redemption {
  client: Client;
  code: string;
  redirectUri: string;
  codeVerifier: string;
  /** The client's IP address. */
  address: string;
}

interface Redeemed {
  userId: string;
  role: UserRole;
  scopes: readonly string[];
  session: OpenedSession;
}

type Outcome = Redeemed | 'refused' | { replayedIn: string | null };

/**
 * Trades an authorization code for tokens (RFC 6749, section 4.1.3). It works once: one that comes
 * again ends the session it was traded for (section 4.1.2), and one that comes with a wrong verifier,
 * address or client is of no more use.
 *
 * @throws {OAuthError} `invalid_grant`
 */
export async function redeemCode(auth: AuthContext, redemption: Redemption): Promise<TokenAnswer> {
  const { store, metrics, log } = auth;
  const outcome = await store.write((trx) => redeem(auth, trx, redemption));
  if (outcome === 'refused') {
    metrics.failures.inc({ reason: 'invalid_code' });
    throw notGood();
  }
  if ('replayedIn' in outcome) {
    metrics.failures.inc({ reason: 'replayed_code' });
    log.warn({ session_id: outcome.replayedIn }, 'a code came twice: its session is ended');
    throw notGood();
  }
  metrics.tokensIssued.inc({ grant: 'authorization_code' });
  const { userId, role, scopes, session } = outcome;
  const { client } = redemption;
  const answer = await issueAccessToken(auth, {
    subject: userId,
    clientId: client.id,
    scopes,
    session: { id: session.id, role },
  });
  const mayRefresh = client.grants.includes(grantTypes.refresh);
  return { ...answer, ...(mayRefresh && { refresh_token: session.refreshToken }) };
}

async function redeem(
  auth: AuthContext,
  trx: AuthTransaction,
  { client, code, redirectUri, codeVerifier, address }: Redemption,
): Promise<Outcome> {
  const clientId = client.id;
  const now = Date.now();
  const hash = hashSecret(code);
  const row = await findAuthorizationCode(trx, hash);
  if (!row) return 'refused';
  if (row.used_at !== null) {
    if (row.session_id !== null) await endSession(trx, row.session_id, now);
    const subject = row.session_id ?? undefined;
    await recordEvent(trx, { event: 'code_replayed', subject, clientId, address });
    return { replayedIn: row.session_id };
  }
  const live = await findBrowserSessionById(trx, row.browser_session_id, now);
  const isGood =
    row.expires_at > now &&
    row.client_id === clientId &&
    row.redirect_uri === redirectUri &&
    provesChallenge(codeVerifier, row.code_challenge);
  if (!live || !isGood) {
    await markCodeUsed(trx, hash, { now, sessionId: null });
    return 'refused';
  }
  const userId = row.user_id;
  const scopes = row.scope.split(' ').filter(Boolean);
  const browserSessionId = row.browser_session_id;
  const session = await openSession(auth, trx, { userId, clientId, scopes, browserSessionId });
  await markCodeUsed(trx, hash, { now, sessionId: session.id });
  await recordEvent(trx, {
    event: 'code_redeemed',
    actor: userId,
    subject: session.id,
    clientId,
    address,
  });
  return { userId, role: live.user.role, scopes, session };
}

function notGood(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    'the code is used, expired or not for this client, address and verifier: sign in again',
  );
}
