import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { browserSessionLife } from '../browser-session-life.ts';
import { normaliseEmail } from '../email-address.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import type { UserRow } from '../store/auth-store.ts';
import { insertBrowserSession } from '../store/browser-sessions.ts';
import { findSecondFactor } from '../store/second-factors.ts';
import { findUser } from '../store/users.ts';
import { checkPassword } from './check-password.ts';
import { checkSecondFactor } from './check-second-factor.ts';
import { recordEvent } from './record-event.ts';

export interface BrowserSignIn {
  username: string;
  password: string;
  /** The client's IP address. */
  address: string;
}

/** What goes into the browser's cookies: a session, or the first step towards one. */
export type BrowserSignInOutcome = { session: string } | { pending: string };

/**
 * Signs a person in from a browser, or takes the first of two steps where they have an app for codes.
 *
 * @returns undefined when the address or the password is wrong.
 * @throws {AppError} `too_many_requests`, `unavailable`
 */
export async function openBrowserSession(
  auth: AuthContext,
  { username, password, address }: BrowserSignIn,
): Promise<BrowserSignInOutcome | undefined> {
  const email = normaliseEmail(username);
  const checked = await checkPassword(auth, { email, password, address });
  if (!checked) return undefined;
  if (await findSecondFactor(auth.store.db, checked.id)) {
    return { pending: auth.pendingSignIns.seal(checked) };
  }
  const session = await open(auth, checked, address);
  return session === undefined ? undefined : { session };
}

/**
 * Takes the second step with a code of the person's app, or one of their recovery codes.
 *
 * @param step.pending what the first step gave.
 * @returns undefined when the code is wrong; `expired` when the first step has to be taken again.
 * @throws {AppError} `too_many_requests`
 */
export async function finishBrowserSignIn(
  auth: AuthContext,
  { pending, code, address }: { pending: string; code: string; address: string },
): Promise<{ session: string } | 'expired' | undefined> {
  const user = await findUser(auth.store.db, auth.pendingSignIns.userIdOf(pending));
  if (user?.status !== 'active' || !auth.pendingSignIns.isGood(pending, user)) return 'expired';
  if (!(await checkSecondFactor(auth, { user, code, address }))) return undefined;
  const session = await open(auth, user, address);
  return session === undefined ? 'expired' : { session };
}

/** Undefined when the password was changed, or the user disabled, while it was being checked. */
async function open(
  auth: AuthContext,
  { id, email, password_hash }: UserRow,
  address: string,
): Promise<string | undefined> {
  const secret = newSecret();
  const isOpen = await auth.store.write(async (trx) => {
    const user = await findUser(trx, id);
    if (user?.password_hash !== password_hash || user.status !== 'active') return false;
    await auth.throttle.forgive(trx, { email, address });
    const now = Date.now();
    await insertBrowserSession(trx, {
      id: uuidv7(),
      secret_hash: hashSecret(secret),
      user_id: id,
      created_at: now,
      idle_expires_at: now + browserSessionLife.idleMilliseconds,
      expires_at: now + browserSessionLife.absoluteMilliseconds,
    });
    await recordEvent(trx, { event: 'sign_in', actor: id, address });
    return true;
  });
  return isOpen ? secret : undefined;
}
