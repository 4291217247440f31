import type { UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError, type OAuthErrorCode } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import type { AuthTransaction } from '../store/auth-store.ts';
import { deleteDeviceCode, findDeviceCode, updateDeviceCode } from '../store/device-codes.ts';
import { findUser } from '../store/users.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { recordEvent } from './record-event.ts';

export interface DevicePoll {
  clientId: string;
  deviceCode: string;
  /** The client's IP address. */
  address: string;
}

interface Granted {
  userId: string;
  role: UserRole;
  scopes: readonly string[];
  session: OpenedSession;
}

/** By how much a device that polls too fast has to slow down, in seconds (RFC 8628, section 3.5). */
const slowDownSeconds = 5;

const messages = {
  invalid_grant: 'the device code is not known, used or for another client',
  expired_token: 'the device code has expired: begin again',
  authorization_pending: 'nobody has typed the code yet',
  slow_down: 'this is too fast: wait five seconds more between two requests',
  access_denied: 'the person does not want this',
} satisfies Partial<Record<OAuthErrorCode, string>>;

/**
 * Gives a device its tokens once a person has agreed (RFC 8628, section 3.4).
 *
 * @throws {OAuthError} `authorization_pending` and `slow_down` as long as nobody has decided, else
 * `access_denied`, `expired_token`, `invalid_grant`
 */
export async function pollDevice(auth: AuthContext, poll: DevicePoll): Promise<TokenAnswer> {
  const outcome = await auth.store.write((trx) => answerPoll(auth, trx, poll));
  if (typeof outcome === 'string') throw new OAuthError(outcome, messages[outcome]);
  auth.metrics.tokensIssued.inc({ grant: 'device_code' });
  const { userId, role, scopes, session } = outcome;
  const answer = await issueAccessToken(auth, {
    subject: userId,
    clientId: poll.clientId,
    scopes,
    session: { id: session.id, role },
  });
  return { ...answer, refresh_token: session.refreshToken };
}

async function answerPoll(
  auth: AuthContext,
  trx: AuthTransaction,
  { clientId, deviceCode, address }: DevicePoll,
): Promise<Granted | keyof typeof messages> {
  const now = Date.now();
  const hash = hashSecret(deviceCode);
  const row = await findDeviceCode(trx, hash);
  if (row?.client_id !== clientId) return 'invalid_grant';
  if (row.expires_at <= now) return 'expired_token';
  if (row.status === 'pending') {
    const isTooFast = now - row.polled_at < row.interval_seconds * 1_000;
    const interval_seconds = row.interval_seconds + (isTooFast ? slowDownSeconds : 0);
    await updateDeviceCode(trx, hash, { polled_at: now, interval_seconds });
    return isTooFast ? 'slow_down' : 'authorization_pending';
  }
  await deleteDeviceCode(trx, hash);
  const user = row.user_id === null ? undefined : await findUser(trx, row.user_id);
  if (row.status === 'denied' || user?.status !== 'active') return 'access_denied';
  const scopes = row.scope.split(' ').filter(Boolean);
  const userId = user.id;
  const session = await openSession(auth, trx, {
    userId,
    clientId,
    scopes,
    browserSessionId: null,
  });
  const subject = session.id;
  await recordEvent(trx, { event: 'token_granted', actor: userId, subject, clientId, address });
  return { userId, role: user.role, scopes, session };
}
