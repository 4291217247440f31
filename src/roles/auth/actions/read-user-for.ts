import { AppError } from '../../../platform/app-error.ts';
import type { Principal } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import type { UserRow } from '../store/auth-store.ts';
import { readUser } from '../store/users.ts';

/**
 * A user, as an admin, the user themself or a service with the scope `users:read` may see.
 *
 * @throws {AppError} `not_found`, also for a user that is not the caller's to see
 */
export async function readUserFor(
  auth: AuthContext,
  { caller, userId }: { caller: Principal; userId: string },
): Promise<UserRow> {
  const maySee =
    caller.role === 'admin' || caller.subject === userId || caller.scopes.has('users:read');
  if (!maySee) throw new AppError('not_found', 'there is no user with this id');
  return readUser(auth.store.db, userId);
}
