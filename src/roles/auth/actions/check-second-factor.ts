import type { AuthContext } from '../auth-context.ts';
import { hashSecret } from '../opaque-secret.ts';
import { readRecoveryCode } from '../recovery-code.ts';
import type { UserRow } from '../store/auth-store.ts';
import { findSecondFactor, takeRecoveryCode, takeStep } from '../store/second-factors.ts';
import { findTotpStep } from '../totp.ts';
import { recordEvent } from './record-event.ts';

export interface SecondFactorAttempt {
  user: Pick<UserRow, 'id' | 'email'>;
  /** A code of the app, or a recovery code. */
  code: string;
  /** The client's IP address. */
  address: string;
}

/** Whether a person's sign-ins ask for a code too. */
export async function hasSecondFactor(auth: AuthContext, userId: string): Promise<boolean> {
  return (await findSecondFactor(auth.store.db, userId)) !== undefined;
}

/** Whether a person has to add an authenticator app before anything is done in their name. */
export async function lacksSecondFactor(auth: AuthContext, userId: string): Promise<boolean> {
  return auth.settings.secondFactor === 'required' && !(await hasSecondFactor(auth, userId));
}

/**
 * Whether the code is of the person's app now, or one of their recovery codes; each is taken once.
 * Wrong ones are counted as wrong passwords are.
 *
 * @throws {AppError} `too_many_requests`
 */
export async function checkSecondFactor(
  auth: AuthContext,
  { user, code, address }: SecondFactorAttempt,
): Promise<boolean> {
  const { store, throttle, metrics } = auth;
  const attempt = { email: user.email, address };
  const isRight = await store.write(async (trx) => {
    // In the transaction that counts: guesses made side by side do not outrun the counter.
    await throttle.checkSignIn(attempt, trx);
    const factor = await findSecondFactor(trx, user.id);
    if (!factor) return false;
    const now = Date.now();
    const step = findTotpStep(factor.secret, code, { now, after: factor.last_step });
    if (step !== undefined) return takeStep(trx, user.id, step);
    const recovery = readRecoveryCode(code);
    const isRecovery =
      recovery !== undefined && (await takeRecoveryCode(trx, user.id, hashSecret(recovery)));
    if (isRecovery) {
      await recordEvent(trx, { event: 'recovery_code_used', actor: user.id, address });
      return true;
    }
    await throttle.countFailedSignIn(trx, attempt);
    await recordEvent(trx, { event: 'sign_in_failed', subject: user.id, address });
    return false;
  });
  if (!isRight) metrics.failures.inc({ reason: 'wrong_second_factor' });
  return isRight;
}
