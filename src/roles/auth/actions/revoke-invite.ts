import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { deleteInvite } from '../store/invites.ts';
import { recordEvent } from './record-event.ts';

/** Takes an invite back. @throws {AppError} `forbidden` unless an admin; `not_found` */
export async function revokeInvite(
  auth: AuthContext,
  { caller, inviteId }: { caller: Principal; inviteId: string },
): Promise<void> {
  requireRole(caller, 'admin');
  await auth.store.write(async (trx) => {
    if (!(await deleteInvite(trx, inviteId))) {
      throw new AppError('not_found', 'there is no invite with this id');
    }
    const actor = caller.subject;
    await recordEvent(trx, { event: 'invite_revoked', actor, subject: inviteId });
  });
}
