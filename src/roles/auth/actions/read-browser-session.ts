import type { AuthContext } from '../auth-context.ts';
import { browserSessionLife } from '../browser-session-life.ts';
import { hashSecret } from '../opaque-secret.ts';
import {
  findBrowserSession,
  type LiveBrowserSession,
  touchBrowserSession,
} from '../store/browser-sessions.ts';

/** Who is signed in by a cookie; the session's end moves on. */
export async function readBrowserSession(
  auth: AuthContext,
  cookie: string | undefined,
): Promise<LiveBrowserSession | undefined> {
  if (cookie === undefined || cookie === '') return undefined;
  const now = Date.now();
  const live = await findBrowserSession(auth.store.db, hashSecret(cookie), now);
  if (!live) return undefined;
  const { id, idle_expires_at, expires_at } = live.session;
  const end = Math.min(now + browserSessionLife.idleMilliseconds, expires_at);
  if (end - idle_expires_at > browserSessionLife.touchMilliseconds) {
    await auth.store.write((trx) => touchBrowserSession(trx, id, end), { durable: false });
  }
  return live;
}
