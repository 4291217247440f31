import type { AuthContext } from '../auth-context.ts';
import { endBrowserSession, type LiveBrowserSession } from '../store/browser-sessions.ts';
import { recordEvent } from './record-event.ts';

/** Ends a sign-in from a browser, and what was signed in to through it. */
export async function signOut(
  auth: AuthContext,
  { session, user }: LiveBrowserSession,
): Promise<void> {
  await auth.store.write(async (trx) => {
    await endBrowserSession(trx, session.id, { now: Date.now(), userId: user.id });
    await recordEvent(trx, { event: 'sign_out', actor: user.id });
  });
}
