import { randomBytes } from 'node:crypto';
import { AppError } from '../../../platform/app-error.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashSecret } from '../opaque-secret.ts';
import { newRecoveryCodes } from '../recovery-code.ts';
import type { LiveBrowserSession } from '../store/browser-sessions.ts';
import { deleteSecondFactor, findSecondFactor, saveSecondFactor } from '../store/second-factors.ts';
import { endSessionsOfUser } from '../store/sessions.ts';
import { findTotpStep, totpKeyBytes } from '../totp.ts';
import { checkPassword } from './check-password.ts';
import { checkSecondFactor } from './check-second-factor.ts';
import { recordEvent } from './record-event.ts';

export interface SecondFactorChange {
  user: LiveBrowserSession['user'];
  /** Where it is done; the person's other sessions end. */
  browserSessionId: string;
  /** The person's own, asked for again: who finds a browser open must not lock them out. */
  password: string;
  code: string;
  /** The client's IP address. */
  address: string;
}

export function newTotpKey(): Uint8Array {
  return randomBytes(totpKeyBytes);
}

/**
 * Has a person's sign-ins ask for a code of their app too, once it has shown a right one. Their other
 * sessions end.
 *
 * @returns recovery codes, which are known only now.
 * @throws {AppError} `forbidden` on a wrong password or code; `conflict` when there is an app already
 */
export async function addSecondFactor(
  auth: AuthContext,
  {
    user,
    browserSessionId,
    password,
    code,
    address,
    key,
  }: SecondFactorChange & { key: Uint8Array },
): Promise<string[]> {
  await requirePassword(auth, { user, password, address });
  const now = Date.now();
  const step = findTotpStep(key, code, { now, after: 0 });
  if (step === undefined) {
    throw new AppError('forbidden', 'this is not the code that the app shows now');
  }
  const codes = newRecoveryCodes();
  await auth.store.write(async (trx) => {
    if (await findSecondFactor(trx, user.id)) {
      throw new AppError('conflict', 'there is an app already: remove that one first');
    }
    const row = { user_id: user.id, secret: key, last_step: step, confirmed_at: now };
    await saveSecondFactor(trx, row, codes.map(hashSecret));
    await endSessionsOfUser(trx, user.id, { now, keepBrowser: browserSessionId });
    await recordEvent(trx, { event: 'second_factor_added', actor: user.id, address });
  });
  return codes;
}

/** Takes the app away again; other sessions end. @throws {AppError} `forbidden` on a wrong password or code */
export async function removeSecondFactor(
  auth: AuthContext,
  { user, browserSessionId, password, code, address }: SecondFactorChange,
): Promise<void> {
  await requirePassword(auth, { user, password, address });
  if (!(await checkSecondFactor(auth, { user, code, address }))) {
    throw new AppError('forbidden', 'this is not the code that the app shows now');
  }
  await auth.store.write(async (trx) => {
    await deleteSecondFactor(trx, user.id);
    await endSessionsOfUser(trx, user.id, { now: Date.now(), keepBrowser: browserSessionId });
    await recordEvent(trx, { event: 'second_factor_removed', actor: user.id, address });
  });
}

async function requirePassword(
  auth: AuthContext,
  { user, password, address }: Pick<SecondFactorChange, 'user' | 'password' | 'address'>,
): Promise<void> {
  const checked = await checkPassword(auth, { email: user.email, password, address });
  if (checked?.id !== user.id) throw new AppError('forbidden', 'the password is wrong');
}
