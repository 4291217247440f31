import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { normaliseEmail } from '../email-address.ts';
import type { UserRow } from '../store/auth-store.ts';
import { listUsers } from '../store/users.ts';
import { type Page, toPage } from './to-page.ts';

export interface UserListing {
  caller: Principal;
  limit: number;
  cursor?: string | undefined;
  /** Beginning of the e-mail address. */
  email?: string | undefined;
}

/** One page of the users, by e-mail address. @throws {AppError} `forbidden`, `invalid_cursor` */
export async function listUserPage(
  auth: AuthContext,
  { caller, limit, cursor, email }: UserListing,
): Promise<Page<UserRow>> {
  requireRole(caller, 'admin');
  const emailPrefix = email === undefined ? undefined : normaliseEmail(email);
  const purpose = `users:${emailPrefix ?? ''}`;
  const afterId = cursor === undefined ? undefined : auth.cursors.open(purpose, cursor)[0];
  const rows = await listUsers(auth.store.db, {
    limit,
    emailPrefix,
    afterId: typeof afterId === 'string' ? afterId : undefined,
  });
  return toPage(rows, limit, ({ id }) => auth.cursors.seal(purpose, [id]));
}
