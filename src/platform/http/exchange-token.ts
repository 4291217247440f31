import { z } from '@hono/zod-openapi';
import { AppError } from '../app-error.ts';

/** The grant that trades one token for another (RFC 8693). */
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** How that grant names personal access tokens. */
export const personalTokenType = 'urn:sensitivity:token-type:personal-access-token';

const AnswerSchema = z.object({ access_token: z.string() });

/**
 * Trades a personal access token for an access token at the auth service; made for a `TokenVerifier`.
 *
 * @param authUrl where auth is, without a path, e.g. `http://localhost:8000`
 * @returns undefined when the token is not good.
 * @throws {AppError} `unavailable` when auth does not answer within five seconds.
 */
export async function exchangeToken(authUrl: string, token: string): Promise<string | undefined> {
  const body = new URLSearchParams({
    grant_type: exchangeGrant,
    subject_token: token,
    subject_token_type: personalTokenType,
  });
  try {
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${authUrl}/api/auth/token`, { method: 'POST', body, signal });
    const answer: unknown = await response.json();
    if (response.ok) return AnswerSchema.parse(answer).access_token;
    if (response.status === 400) return undefined;
  } catch (error) {
    throw away(error);
  }
  throw away(undefined);
}

function away(cause: unknown): AppError {
  const headers = { 'Retry-After': '1' };
  return new AppError('unavailable', 'the auth service is away: try again', { cause, headers });
}
