import type { AuthContext } from '../auth-context.ts';
import { type Client, parseScope } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';
import { recordEvent } from './record-event.ts';

/**
 * An access token for a client itself (client credentials grant, RFC 6749 section 4.4) with all of its
 * scopes, or with those it asks for.
 *
 * @throws {OAuthError} `invalid_scope`
 */
export async function issueServiceToken(
  auth: AuthContext,
  { client, scope, address }: { client: Client; scope: string | undefined; address: string },
): Promise<TokenAnswer> {
  const scopes = scope === undefined ? client.scopes : parseScope(scope);
  if (!scopes?.every((wanted) => client.scopes.includes(wanted))) {
    throw new OAuthError('invalid_scope', 'this client does not have all of these scopes');
  }
  const answer = await issueAccessToken(auth, {
    subject: client.id,
    clientId: client.id,
    scopes,
  });
  if (!client.isFirstParty) {
    await auth.store.write((trx) =>
      recordEvent(trx, { event: 'token_granted', actor: client.id, clientId: client.id, address }),
    );
  }
  auth.metrics.tokensIssued.inc({ grant: 'client_credentials' });
  return answer;
}
