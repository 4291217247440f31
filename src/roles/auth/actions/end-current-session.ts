import { type Principal, requireUser } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { endSession } from '../store/sessions.ts';
import { recordEvent } from './record-event.ts';

/** Ends the session of the token in hand. @throws {AppError} `forbidden` for services */
export async function endCurrentSession(auth: AuthContext, caller: Principal): Promise<void> {
  const { sessionId = '', subject: actor, clientId } = requireUser(caller);
  await auth.store.write(async (trx) => {
    await endSession(trx, sessionId, Date.now());
    await recordEvent(trx, { event: 'session_ended', actor, subject: sessionId, clientId });
  });
}
