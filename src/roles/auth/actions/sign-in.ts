import type { AuthContext } from '../auth-context.ts';
import { defaultClientId } from '../builtin-clients.ts';
import { normaliseEmail } from '../email-address.ts';
import { OAuthError } from '../oauth-error.ts';
import { findSecondFactor } from '../store/second-factors.ts';
import { findUser } from '../store/users.ts';
import { checkPassword } from './check-password.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';
import { openSession } from './open-session.ts';
import { recordEvent } from './record-event.ts';

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
  const { store, throttle, metrics } = auth;
  const { password, address } = credentials;
  const email = normaliseEmail(credentials.username);
  const checked = await checkPassword(auth, { email, password, address });
  if (!checked) throw wrongCredentials();
  if (await findSecondFactor(store.db, checked.id)) {
    throw new OAuthError(
      'invalid_grant',
      'this account has a second factor: sign in with the browser, or with sensitivity login',
    );
  }

  const { user, session } = await store.write(async (trx) => {
    // A password that was changed, or a user that was disabled, while it was being checked.
    const user = await findUser(trx, checked.id);
    if (user?.password_hash !== checked.password_hash || user.status !== 'active') {
      throw wrongCredentials();
    }
    await throttle.forgive(trx, { email, address });
    const session = await openSession(auth, trx, {
      userId: user.id,
      clientId: defaultClientId,
      scopes: [],
      browserSessionId: null,
    });
    const clientId = defaultClientId;
    await recordEvent(trx, { event: 'sign_in', actor: user.id, clientId, address });
    return { user, session };
  });
  metrics.tokensIssued.inc({ grant: 'password' });
  const answer = await issueAccessToken(auth, {
    subject: user.id,
    clientId: defaultClientId,
    scopes: [],
    session: { id: session.id, role: user.role },
  });
  return { ...answer, refresh_token: session.refreshToken };
}

function wrongCredentials(): OAuthError {
  return new OAuthError('invalid_grant', 'the e-mail address or the password is wrong');
}
