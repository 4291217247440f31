import { AppError } from '../../../platform/app-error.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashPassword, needsRehash, verifyPassword } from '../password-hash.ts';
import { normalisePassword } from '../password-rules.ts';
import type { UserRow } from '../store/auth-store.ts';
import { findUserByEmail, replacePasswordHash } from '../store/users.ts';
import type { SignInAttempt } from '../throttle.ts';
import { recordEvent } from './record-event.ts';

/**
 * The active user whose e-mail address and password these are. An unknown address, a disabled
 * user and a wrong password take the same time and leave the same traces.
 *
 * @throws {AppError} `too_many_requests` while this account or address has to wait;
 * `unavailable` when too many passwords are being checked.
 */
export async function checkPassword(
  auth: AuthContext,
  { password, ...attempt }: SignInAttempt & { password: string },
): Promise<UserRow | undefined> {
  const { store, throttle, hashing, metrics, dummyHash } = auth;
  const normalised = normalisePassword(password);
  try {
    await throttle.checkSignIn(attempt);
    return await hashing.run(async () => {
      // Checked again with the slot in hand, and failures are counted before it is given back:
      // guesses made side by side do not outrun the counter.
      await throttle.checkSignIn(attempt);
      const user = await findUserByEmail(store.db, attempt.email);
      const matches = await verifyPassword(normalised, user?.password_hash ?? dummyHash);
      if (user?.status !== 'active' || !matches) {
        metrics.failures.inc({ reason: 'wrong_password' });
        await store.write(async (trx) => {
          await throttle.countFailedSignIn(trx, attempt);
          const { address } = attempt;
          await recordEvent(trx, { event: 'sign_in_failed', subject: user?.id, address });
        });
        return undefined;
      }
      return needsRehash(user.password_hash) ? await rehash(auth, user, normalised) : user;
    });
  } catch (error) {
    if (error instanceof AppError) {
      const reason = error.code === 'too_many_requests' ? 'throttled' : 'overloaded';
      metrics.failures.inc({ reason });
    }
    throw error;
  }
}

async function rehash(auth: AuthContext, user: UserRow, password: string): Promise<UserRow> {
  const { id, password_hash: from } = user;
  const to = await hashPassword(password);
  await auth.store.write((trx) => replacePasswordHash(trx, id, { from, to }));
  return { ...user, password_hash: to };
}
