import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { AuthContext } from '../auth-context.ts';
import { hashPassword } from '../password-hash.ts';
import { checkPasswordRules, normalisePassword } from '../password-rules.ts';
import type { UserRow } from '../store/auth-store.ts';
import { markInviteUsed } from '../store/invites.ts';
import { insertUser } from '../store/users.ts';
import { admit } from './admit.ts';
import { recordEvent } from './record-event.ts';

export interface Registration {
  /** Normalised. */
  email: string;
  password: string;
  invite: string | undefined;
  /** The client's IP address. */
  address: string;
}

/**
 * Makes a user.
 *
 * @throws {AppError} `weak_password`, `email_taken`, `registration_closed`, `too_many_requests`,
 * `unavailable`
 */
export async function registerUser(
  auth: AuthContext,
  { email, invite, address, ...input }: Registration,
): Promise<UserRow> {
  const { store, throttle, hashing, log } = auth;
  const password = normalisePassword(input.password);
  await checkPasswordRules(password, { email, field: 'body.password' });
  await throttle.takeRegistration(address);
  // Asked twice: here to spare the hash, in the transaction because only there it holds.
  await admit(auth, store.db, { email, invite });
  const passwordHash = await hashing.run(() => hashPassword(password));
  const user = await store.write(async (trx) => {
    const { role, inviteId } = await admit(auth, trx, { email, invite });
    const now = Date.now();
    const row: UserRow = {
      id: uuidv7(),
      email,
      password_hash: passwordHash,
      role,
      status: 'active',
      created_at: now,
    };
    await insertUser(trx, row);
    if (inviteId !== undefined) await markInviteUsed(trx, inviteId, now);
    await recordEvent(trx, { event: 'user_registered', actor: row.id, subject: inviteId, address });
    return row;
  });
  log.info({ user_id: user.id, user_role: user.role }, 'user registered');
  return user;
}
