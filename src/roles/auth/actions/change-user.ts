import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireRole, type UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import type { UserRow, UserStatus } from '../store/auth-store.ts';
import { endSessionsOfUser } from '../store/sessions.ts';
import { hasOtherAdmin, readUser, updateUser } from '../store/users.ts';
import { recordEvent } from './record-event.ts';

export interface UserChange {
  caller: Principal;
  userId: string;
  role?: UserRole | undefined;
  status?: UserStatus | undefined;
}

/**
 * Gives a user another role or status; disabling ends the user's sessions.
 *
 * @throws {AppError} `forbidden` unless the caller is an admin; `not_found`; `last_admin` when
 * nobody would be left who can manage users.
 */
export async function changeUser(auth: AuthContext, change: UserChange): Promise<UserRow> {
  const { caller, userId } = change;
  requireRole(caller, 'admin');
  const changed = await auth.store.write(async (trx) => {
    const user = await readUser(trx, userId);
    const role = change.role ?? user.role;
    const status = change.status ?? user.status;
    const stopsManaging = role !== 'admin' || status !== 'active';
    if (isActiveAdmin(user) && stopsManaging && !(await hasOtherAdmin(trx, userId))) {
      throw new AppError('last_admin', 'this is the last active admin: appoint another one first');
    }
    await updateUser(trx, userId, { role, status });
    if (status === 'disabled') await endSessionsOfUser(trx, userId, { now: Date.now() });
    await recordEvent(trx, { event: 'user_changed', actor: caller.subject, subject: userId });
    return { ...user, role, status };
  });
  auth.log.info(
    { user_id: userId, by: caller.subject, user_role: changed.role, user_status: changed.status },
    'user changed',
  );
  return changed;
}

function isActiveAdmin({ role, status }: UserRow): boolean {
  return role === 'admin' && status === 'active';
}
