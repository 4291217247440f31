import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { deleteInvite } from '../store/invites.ts';

/** Takes an invite back. @throws {AppError} `forbidden` unless an admin; `not_found` */
export async function revokeInvite(
  auth: AuthContext,
  { caller, inviteId }: { caller: Principal; inviteId: string },
): Promise<void> {
  requireRole(caller, 'admin');
  const deleted = await auth.store.write((trx) => deleteInvite(trx, inviteId));
  if (!deleted) throw new AppError('not_found', 'there is no invite with this id');
}
