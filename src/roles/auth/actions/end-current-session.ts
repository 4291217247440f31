import { type Principal, requireUser } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { endSession } from '../store/sessions.ts';

/** Ends the session of the token in hand. @throws {AppError} `forbidden` for services */
export async function endCurrentSession(auth: AuthContext, caller: Principal): Promise<void> {
  const { sessionId = '' } = requireUser(caller);
  await auth.store.write((trx) => endSession(trx, sessionId, Date.now()));
}
