import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import type { InviteRow } from '../store/auth-store.ts';
import { listInvites } from '../store/invites.ts';
import { type Page, toPage } from './to-page.ts';

/** One page of the invites, oldest first. @throws {AppError} `forbidden`, `invalid_cursor` */
export async function listInvitePage(
  auth: AuthContext,
  { caller, limit, cursor }: { caller: Principal; limit: number; cursor?: string | undefined },
): Promise<Page<InviteRow>> {
  requireRole(caller, 'admin');
  const afterId = cursor === undefined ? undefined : auth.cursors.open('invites', cursor)[0];
  const rows = await listInvites(auth.store.db, {
    limit,
    afterId: typeof afterId === 'string' ? afterId : undefined,
  });
  return toPage(rows, limit, ({ id }) => auth.cursors.seal('invites', [id]));
}
