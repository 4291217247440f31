import { personalTokenType } from '../../../platform/http/exchange-token.ts';
import { isPersonalToken } from '../../../platform/personal-token.ts';
import type { AuthContext } from '../auth-context.ts';
import { personalTokenClientId } from '../builtin-clients.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import { findPersonalToken } from '../store/personal-tokens.ts';
import { findLiveSession } from '../store/sessions.ts';
import { issueAccessToken, type TokenAnswer } from './issue-access-token.ts';

/** A token answer that says what kind of token it is (RFC 8693, section 2.2.1). */
export type ExchangeAnswer = TokenAnswer & { issued_token_type: string };

/**
 * Trades a personal access token for an access token (RFC 8693).
 *
 * @throws {OAuthError} `invalid_request` for another type of token, `invalid_grant`
 */
export async function exchangePersonalToken(
  auth: AuthContext,
  { token, type }: { token: string; type: string },
): Promise<ExchangeAnswer> {
  if (type !== personalTokenType) {
    throw new OAuthError('invalid_request', `subject_token_type must be ${personalTokenType}`);
  }
  const { db } = auth.store;
  const row = isPersonalToken(token) && (await findPersonalToken(db, hashSecret(token)));
  const live = row ? await findLiveSession(db, row.session_id, Date.now()) : undefined;
  if (!live) throw new OAuthError('invalid_grant', 'the personal access token is not valid');
  const { session, user } = live;
  auth.metrics.tokensIssued.inc({ grant: 'token_exchange' });
  const answer = await issueAccessToken(auth, {
    subject: user.id,
    clientId: personalTokenClientId,
    scopes: session.scope.split(' ').filter(Boolean),
    session: { id: session.id, role: user.role },
  });
  return { ...answer, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
}
