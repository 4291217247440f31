import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { normaliseEmail } from '../email-address.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import { insertRefreshToken, insertSession } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import { checkPassword } from './check-password.ts';
import { issueAccessToken, publicClientId, type TokenAnswer } from './issue-access-token.ts';

export interface Credentials {
  username: string;
  password: string;
  /** The client's IP address. */
  address: string;
}

/**
 * Opens a session for a person (password grant, RFC 6749 section 4.3).
 *
 * @throws {OAuthError} `invalid_grant`
 * @throws {AppError} `too_many_requests`, `unavailable`
 */
export async function signIn(auth: AuthContext, credentials: Credentials): Promise<TokenAnswer> {
  const { store, settings, throttle, metrics } = auth;
  const { password, address } = credentials;
  const email = normaliseEmail(credentials.username);
  const checked = await checkPassword(auth, { email, password, address });
  if (!checked) throw wrongCredentials();

  const now = Date.now();
  const sessionId = uuidv7();
  const refreshToken = newSecret();
  const user = await store.write(async (trx) => {
    // A password that was changed, or a user that was disabled, while it was being checked.
    const current = await findUser(trx, checked.id);
    if (current?.password_hash !== checked.password_hash || current.status !== 'active') {
      throw wrongCredentials();
    }
    const idleExpiresAt =
      now + Math.min(settings.refreshIdleSeconds, settings.refreshAbsoluteSeconds) * 1_000;
    await throttle.forgive(trx, { email, address });
    await insertSession(trx, {
      id: sessionId,
      user_id: current.id,
      created_at: now,
      idle_expires_at: idleExpiresAt,
      expires_at: now + settings.refreshAbsoluteSeconds * 1_000,
      ended_at: null,
    });
    await insertRefreshToken(trx, {
      hash: hashSecret(refreshToken),
      session_id: sessionId,
      expires_at: idleExpiresAt,
      rotated_at: null,
    });
    return current;
  });
  metrics.tokensIssued.inc({ grant: 'password' });
  const session = { id: sessionId, role: user.role };
  const holder = { subject: user.id, clientId: publicClientId, scopes: [], session };
  return { ...(await issueAccessToken(auth, holder)), refresh_token: refreshToken };
}

function wrongCredentials(): OAuthError {
  return new OAuthError('invalid_grant', 'the e-mail address or the password is wrong');
}
