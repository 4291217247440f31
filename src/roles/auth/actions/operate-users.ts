import { randomBytes } from 'node:crypto';
import { AppError } from '../../../platform/app-error.ts';
import type { UserRole } from '../../../platform/http/principal.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import { hashPassword } from '../password-hash.ts';
import { checkPasswordRules, normalisePassword } from '../password-rules.ts';
import type { AuthStore, AuthTransaction, UserRow, UserStatus } from '../store/auth-store.ts';
import { deleteSecondFactor } from '../store/second-factors.ts';
import { endSessionsOfUser } from '../store/sessions.ts';
import { findUserByEmail, hasOtherAdmin, insertUser, updateUser } from '../store/users.ts';
import { type AuditEventName, recordEvent } from './record-event.ts';

/** How the audit log names whoever works on the machine itself. */
const operator = 'operator';

/** Makes a user with a password. @throws {AppError} `email_taken`, `weak_password` */
export async function createUser(
  store: AuthStore,
  { email, password, role }: { email: string; password: string; role: UserRole },
): Promise<UserRow> {
  const password_hash = await hashChecked(email, password);
  return store.write(async (trx) => {
    if (await findUserByEmail(trx, email)) {
      throw new AppError('email_taken', 'there is a user with this e-mail address');
    }
    const user: UserRow = {
      id: uuidv7(),
      email,
      password_hash,
      role,
      status: 'active',
      created_at: Date.now(),
    };
    await insertUser(trx, user);
    await record(trx, 'user_registered', user);
    return user;
  });
}

/** Another role or status; disabling ends sessions. @throws {AppError} `not_found`, `last_admin` */
export function changeUserByEmail(
  store: AuthStore,
  email: string,
  change: { role?: UserRole; status?: UserStatus },
): Promise<UserRow> {
  return store.write(async (trx) => {
    const user = await readByEmail(trx, email);
    const changed = { ...user, ...change };
    const managed = user.role === 'admin' && user.status === 'active';
    const manages = changed.role === 'admin' && changed.status === 'active';
    if (managed && !manages && !(await hasOtherAdmin(trx, user.id))) {
      throw new AppError('last_admin', 'this is the last active admin: appoint another one first');
    }
    await updateUser(trx, user.id, { role: changed.role, status: changed.status });
    if (changed.status === 'disabled') await endSessionsOfUser(trx, user.id, { now: Date.now() });
    await record(trx, 'user_changed', user);
    return changed;
  });
}

/** Gives a user another password and ends all sessions. @throws {AppError} `not_found`, `weak_password` */
export async function setPassword(
  store: AuthStore,
  { email, password }: { email: string; password: string },
): Promise<UserRow> {
  const password_hash = await hashChecked(email, password);
  return store.write(async (trx) => {
    const user = await readByEmail(trx, email);
    await updateUser(trx, user.id, { password_hash });
    await endSessionsOfUser(trx, user.id, { now: Date.now() });
    await record(trx, 'password_changed', user);
    return user;
  });
}

/** For whoever lost app and recovery codes. @throws {AppError} `not_found` */
export function clearSecondFactor(store: AuthStore, email: string): Promise<UserRow> {
  return store.write(async (trx) => {
    const user = await readByEmail(trx, email);
    await deleteSecondFactor(trx, user.id);
    await record(trx, 'second_factor_removed', user);
    return user;
  });
}

/** A password to be told once and changed: 20 random bytes. */
export function newPassword(): string {
  return randomBytes(20).toString('base64url');
}

async function hashChecked(email: string, password: string): Promise<string> {
  const normalised = normalisePassword(password);
  await checkPasswordRules(normalised, { email, field: 'password' });
  return hashPassword(normalised);
}

async function readByEmail(trx: AuthTransaction, email: string): Promise<UserRow> {
  const user = await findUserByEmail(trx, email);
  if (!user) throw new AppError('not_found', 'there is no user with this e-mail address');
  return user;
}

async function record(trx: AuthTransaction, event: AuditEventName, user: UserRow): Promise<void> {
  await recordEvent(trx, { event, actor: operator, subject: user.id });
}
