import { type Principal, requireRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { endSessionsOfUser } from '../store/sessions.ts';
import { readUser } from '../store/users.ts';
import { recordEvent } from './record-event.ts';

/** Ends all sessions of a user. @throws {AppError} `forbidden` unless an admin; `not_found` */
export async function endSessionsOf(
  auth: AuthContext,
  { caller, userId }: { caller: Principal; userId: string },
): Promise<void> {
  requireRole(caller, 'admin');
  await auth.store.write(async (trx) => {
    await readUser(trx, userId);
    await endSessionsOfUser(trx, userId, { now: Date.now() });
    await recordEvent(trx, { event: 'session_ended', actor: caller.subject, subject: userId });
  });
}
