import type { AuthContext } from '../auth-context.ts';
import { defaultClientId } from '../builtin-clients.ts';
import type { Client } from '../client.ts';
import { hashSecret } from '../opaque-secret.ts';
import { endSession, findRefreshToken, findSession } from '../store/sessions.ts';
import { recordEvent } from './record-event.ts';

export interface Revocation {
  token: string;
  client: Client | undefined;
  /** The client's IP address. */
  address: string;
}

/**
 * Ends the session of a refresh or access token, if it is the client's (RFC 7009). A token that is not
 * known or another client's is left alone, and nothing tells.
 */
export async function revokeToken(
  auth: AuthContext,
  { token, client, address }: Revocation,
): Promise<void> {
  const clientId = client?.id ?? defaultClientId;
  const sessionOfAccess = await findSessionOfAccessToken(auth, token);
  await auth.store.write(async (trx) => {
    const refresh = await findRefreshToken(trx, hashSecret(token));
    const subject = refresh?.session_id ?? sessionOfAccess;
    const session = subject === undefined ? undefined : await findSession(trx, subject);
    if (session?.client_id !== clientId || session.ended_at !== null) return;
    await endSession(trx, session.id, Date.now());
    const actor = session.user_id;
    await recordEvent(trx, {
      event: 'token_revoked',
      actor,
      subject: session.id,
      clientId,
      address,
    });
  });
}

async function findSessionOfAccessToken(
  auth: AuthContext,
  token: string,
): Promise<string | undefined> {
  try {
    return (await auth.verifier.verify(token)).sessionId;
  } catch {
    // No access token of ours.
    return undefined;
  }
}
