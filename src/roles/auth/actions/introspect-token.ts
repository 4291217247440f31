import type { Principal } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import { findLiveSession, findRefreshToken } from '../store/sessions.ts';

/** What is told of a token (RFC 7662, section 2.2); of one that is of no use only that. */
export type Introspection =
  | { active: false }
  | {
      active: true;
      scope: string;
      client_id: string;
      sub: string;
      /** Seconds since 1970. */
      exp: number;
      iss: string;
      aud?: string;
      token_type?: 'Bearer';
    };

const inactive: Introspection = { active: false };

/**
 * Tells a client that proves its secret what a token is worth now: the installation's own services of
 * any access token, every client of its own tokens.
 *
 * @throws {OAuthError} `invalid_client`
 */
export async function introspectToken(
  auth: AuthContext,
  { token, client }: { token: string; client: Client | undefined },
): Promise<Introspection> {
  if (client?.secretHash === undefined) {
    throw new OAuthError('invalid_client', 'a client id and a client secret are needed');
  }
  const principal = await verify(auth, token);
  return principal
    ? describeAccessToken(auth, principal, client)
    : describeRefreshToken(auth, token, client);
}

async function describeAccessToken(
  auth: AuthContext,
  principal: Principal,
  client: Client,
): Promise<Introspection> {
  const { subject, clientId, sessionId, role, scopes, expires } = principal;
  if (!client.isFirstParty && clientId !== client.id) return inactive;
  if (role !== undefined) {
    const live = await findLiveSession(auth.store.db, sessionId ?? '', Date.now());
    if (!live) return inactive;
  }
  const { issuer: iss, audience: aud } = auth.settings;
  const scope = [...scopes].join(' ');
  const exp = Math.floor(expires / 1_000);
  const token_type = 'Bearer';
  return { active: true, scope, client_id: clientId, sub: subject, exp, iss, aud, token_type };
}

async function describeRefreshToken(
  auth: AuthContext,
  token: string,
  client: Client,
): Promise<Introspection> {
  const now = Date.now();
  const row = await findRefreshToken(auth.store.db, hashSecret(token));
  if (!row || row.rotated_at !== null || row.expires_at <= now) return inactive;
  const live = await findLiveSession(auth.store.db, row.session_id, now);
  if (live?.session.client_id !== client.id) return inactive;
  const { scope, client_id } = live.session;
  const exp = Math.floor(row.expires_at / 1_000);
  return { active: true, scope, client_id, sub: live.user.id, exp, iss: auth.settings.issuer };
}

async function verify(auth: AuthContext, token: string): Promise<Principal | undefined> {
  try {
    return await auth.verifier.verify(token);
  } catch {
    return undefined;
  }
}
