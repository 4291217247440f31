import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { browserSessionLife } from '../browser-session-life.ts';
import { normaliseEmail } from '../email-address.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import { insertBrowserSession } from '../store/browser-sessions.ts';
import { findUser } from '../store/users.ts';
import { checkPassword } from './check-password.ts';
import { recordEvent } from './record-event.ts';

export interface BrowserSignIn {
  username: string;
  password: string;
  /** The client's IP address. */
  address: string;
}

/**
 * Signs a person in from a browser.
 *
 * @returns what goes into the cookie; undefined when the address or the password is wrong.
 * @throws {AppError} `too_many_requests`, `unavailable`
 */
export async function openBrowserSession(
  auth: AuthContext,
  { username, password, address }: BrowserSignIn,
): Promise<string | undefined> {
  const { store, throttle } = auth;
  const email = normaliseEmail(username);
  const checked = await checkPassword(auth, { email, password, address });
  if (!checked) return undefined;
  const secret = newSecret();
  const isOpen = await store.write(async (trx) => {
    const user = await findUser(trx, checked.id);
    // A password that was changed, or a user that was disabled, while it was being checked.
    if (user?.password_hash !== checked.password_hash || user.status !== 'active') return false;
    await throttle.forgive(trx, { email, address });
    const now = Date.now();
    await insertBrowserSession(trx, {
      id: uuidv7(),
      secret_hash: hashSecret(secret),
      user_id: user.id,
      created_at: now,
      idle_expires_at: now + browserSessionLife.idleMilliseconds,
      expires_at: now + browserSessionLife.absoluteMilliseconds,
    });
    await recordEvent(trx, { event: 'sign_in', actor: user.id, address });
    return true;
  });
  return isOpen ? secret : undefined;
}
