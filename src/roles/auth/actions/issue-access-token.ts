import { randomUUID } from 'node:crypto';
import type { UserRole } from '../../../platform/http/principal.ts';
import type { AuthContext } from '../auth-context.ts';

export interface TokenHolder {
  /** User id, or client id of a service. */
  subject: string;
  clientId: string;
  scopes: readonly string[];
  /** Of people only. */
  session?: { id: string; role: UserRole };
}

/** A token answer (RFC 6749, section 5.1). */
export interface TokenAnswer {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  refresh_token?: string;
  scope?: string;
}

/** Signs an access token (RFC 9068) for a person's session or a service. */
export async function issueAccessToken(
  auth: AuthContext,
  { subject, clientId, scopes, session }: TokenHolder,
): Promise<TokenAnswer> {
  const { issuer, audience, accessTokenSeconds } = auth.settings;
  const issuedAt = Math.floor(Date.now() / 1_000);
  const scope = scopes.join(' ');
  const token = await auth.signer.sign({
    iss: issuer,
    aud: audience,
    sub: subject,
    client_id: clientId,
    iat: issuedAt,
    exp: issuedAt + accessTokenSeconds,
    jti: randomUUID(),
    scope,
    ...(session && { sid: session.id, roles: [roleWithin(scopes, session.role)] }),
  });
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    ...(scope !== '' && { scope }),
  };
}

/**
 * The role that a person's token carries: one that is limited to scopes is a user's, whoever the
 * person is.
 */
export function roleWithin(scopes: readonly string[], role: UserRole): UserRole {
  return scopes.length === 0 ? role : 'user';
}
