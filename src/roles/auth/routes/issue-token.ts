import { createRoute, z } from '@hono/zod-openapi';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { grantToken } from '../actions/grant-token.ts';
import type { AuthContext } from '../auth-context.ts';
import { grantTypes } from '../client.ts';
import { answerOAuthError, formBody, noStore, oauthErrorResponses } from './oauth-answer.ts';
import { readClientCredentials } from './read-client-credentials.ts';
import { readTokenForm } from './read-form.ts';

const TokenSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().openapi({ description: 'Seconds.', example: 900 }),
    refresh_token: z.string().optional().openapi({ description: 'People only.' }),
    scope: z.string().optional().openapi({ description: 'What it is limited to.' }),
  })
  .openapi('Token');

const route = createRoute({
  method: 'post',
  path: '/token',
  operationId: 'issueToken',
  tags: ['Tokens'],
  summary: 'Issues an access token (RFC 6749)',
  description:
    'Grants: `authorization_code` with PKCE, `refresh_token` (each works once and comes back renewed), `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628), `client_credentials` (HTTP Basic or in the body) and, where it is on, `password` (username is the e-mail address; deprecated by OAuth 2.1).',
  request: formBody(['grant_type'], {
    grant_type: { type: 'string', enum: Object.values(grantTypes) },
    username: { type: 'string' },
    password: { type: 'string', format: 'password' },
    refresh_token: { type: 'string' },
    code: { type: 'string' },
    redirect_uri: { type: 'string' },
    code_verifier: { type: 'string' },
    device_code: { type: 'string' },
    subject_token: { type: 'string', description: 'A personal access token.' },
    subject_token_type: { type: 'string' },
    client_id: { type: 'string' },
    client_secret: { type: 'string', format: 'password' },
    scope: { type: 'string', description: 'Separated by spaces.' },
  }),
  responses: {
    200: {
      description: 'The token.',
      content: { 'application/json': { schema: TokenSchema } },
    },
    ...oauthErrorResponses,
  },
});

export function addIssueToken(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) => {
    try {
      const form = await readTokenForm(c.req);
      const credentials = readClientCredentials(c.req.header('authorization'), form);
      const address = clientAddress(c, auth.trustedProxies);
      return c.json(await grantToken(auth, { form, credentials, address }), 200, noStore);
    } catch (error) {
      return answerOAuthError(c, auth, error);
    }
  });
}
