import { AppError } from '../../../platform/app-error.ts';
import type { Principal } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashPassword } from '../password-hash.ts';
import { checkPasswordRules, normalisePassword } from '../password-rules.ts';
import { endSessionsOfUser } from '../store/sessions.ts';
import { readUser, updateUser } from '../store/users.ts';
import { checkPassword } from './check-password.ts';
import { recordEvent } from './record-event.ts';
import { requireOwnToken } from './require-own-token.ts';

export interface PasswordChange {
  caller: Principal;
  currentPassword: string;
  newPassword: string;
  /** The client's IP address. */
  address: string;
}

/**
 * Changes the caller's own password and ends all of their sessions but this one.
 *
 * @throws {AppError} `forbidden` when the current password is wrong; `weak_password`,
 * `too_many_requests`, `unavailable`
 */
export async function changePassword(auth: AuthContext, change: PasswordChange): Promise<void> {
  const { store, hashing, throttle, log } = auth;
  const { caller, currentPassword, address } = change;
  const { subject, sessionId = '' } = requireOwnToken(caller);
  const { email } = await readUser(store.db, subject);
  const password = normalisePassword(change.newPassword);
  await checkPasswordRules(password, { email, field: 'body.new_password' });
  const checked = await checkPassword(auth, { email, password: currentPassword, address });
  if (!checked) throw new AppError('forbidden', 'the current password is wrong');
  const passwordHash = await hashing.run(() => hashPassword(password));
  await store.write(async (trx) => {
    const { password_hash } = await readUser(trx, subject);
    if (password_hash !== checked.password_hash) {
      throw new AppError('conflict', 'the password was changed meanwhile: try again with that one');
    }
    await updateUser(trx, subject, { password_hash: passwordHash });
    await endSessionsOfUser(trx, subject, { now: Date.now(), keep: sessionId });
    await throttle.forgive(trx, { email, address });
    await recordEvent(trx, { event: 'password_changed', actor: subject, address });
  });
  log.info({ user_id: subject }, 'password changed');
}
