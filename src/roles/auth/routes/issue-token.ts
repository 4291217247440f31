import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { grantToken } from '../actions/grant-token.ts';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError, statusByOAuthError } from '../oauth-error.ts';
import { readClientCredentials } from './read-client-credentials.ts';
import { readTokenForm } from './read-token-form.ts';

const TokenSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().openapi({ description: 'Seconds.', example: 900 }),
    refresh_token: z.string().optional().openapi({ description: 'People only.' }),
    scope: z.string().optional().openapi({ description: 'Services only.' }),
  })
  .openapi('Token');

const TokenErrorSchema = z
  .object({
    error: z.string().openapi({ example: 'invalid_grant' }),
    error_description: z.string(),
  })
  .openapi('TokenError');

const tokenError = (description: string) => ({
  description,
  content: { 'application/json': { schema: TokenErrorSchema } },
});

const route = createRoute({
  method: 'post',
  path: '/token',
  operationId: 'issueToken',
  tags: ['Tokens'],
  summary: 'Issues an access token (RFC 6749)',
  description:
    'Grants: `password` (username is the e-mail address), `refresh_token` (each works once and comes back renewed), `client_credentials` (services, HTTP Basic or in the body).',
  request: {
    body: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          // A plain schema: the form is read as RFC 6749 wants, and refused in its words.
          schema: {
            type: 'object',
            required: ['grant_type'],
            properties: {
              grant_type: {
                type: 'string',
                enum: ['password', 'refresh_token', 'client_credentials'],
              },
              username: { type: 'string' },
              password: { type: 'string', format: 'password' },
              refresh_token: { type: 'string' },
              client_id: { type: 'string' },
              client_secret: { type: 'string', format: 'password' },
              scope: { type: 'string', description: 'Space-separated; services only.' },
            },
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The token.',
      content: { 'application/json': { schema: TokenSchema } },
    },
    400: tokenError('Refused; `error` is a code of RFC 6749, section 5.2.'),
    401: tokenError('`invalid_client`'),
    429: tokenError('`slow_down`; `Retry-After` says when to come back.'),
    503: tokenError('`temporarily_unavailable`; `Retry-After` says when to come back.'),
  },
});

const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

export function addIssueToken(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) => {
    try {
      const form = await readTokenForm(c.req);
      const client = readClientCredentials(c.req.header('authorization'), form);
      const address = clientAddress(c, auth.trustedProxies);
      return c.json(await grantToken(auth, { form, client, address }), 200, noStore);
    } catch (error) {
      const failure = toOAuthError(error);
      if (failure.error === 'invalid_request')
        auth.metrics.failures.inc({ reason: 'invalid_request' });
      const body = { error: failure.error, error_description: failure.message };
      return c.json(body, statusByOAuthError[failure.error], { ...failure.headers, ...noStore });
    }
  });
}

/** Unexpected errors are thrown on. */
function toOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof AppError) {
    const { code, message, headers } = error;
    if (code === 'too_many_requests') return new OAuthError('slow_down', message, headers);
    if (code === 'unavailable') return new OAuthError('temporarily_unavailable', message, headers);
  }
  throw error;
}
