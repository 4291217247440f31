import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import { type ServiceId, serviceScopes } from '../service-scopes.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';

/**
 * An access token for a service (client credentials grant, RFC 6749 section 4.4) with all of its
 * scopes, or with those it asks for.
 *
 * @throws {OAuthError} `invalid_scope`
 */
export async function issueServiceToken(
  auth: AuthContext,
  { clientId, scope }: { clientId: ServiceId; scope: string | undefined },
): Promise<TokenAnswer> {
  const allowed: readonly string[] = serviceScopes[clientId];
  const scopes = scope === undefined ? allowed : [...new Set(scope.split(' ').filter(Boolean))];
  if (!scopes.every((wanted) => allowed.includes(wanted))) {
    throw new OAuthError('invalid_scope', 'this client does not have all of these scopes');
  }
  const answer = await issueAccessToken(auth, { subject: clientId, clientId, scopes });
  auth.metrics.tokensIssued.inc({ grant: 'client_credentials' });
  return answer;
}
