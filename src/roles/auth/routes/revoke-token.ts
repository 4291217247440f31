import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { revokeToken } from '../actions/revoke-token.ts';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import {
  answerOAuthError,
  formBody,
  noStore,
  oauthErrorResponses,
  readClientForm,
} from './oauth-answer.ts';

const route = createRoute({
  method: 'post',
  path: '/revoke',
  operationId: 'revokeToken',
  tags: ['Tokens'],
  summary: 'Ends the session of a token (RFC 7009)',
  description:
    'Refresh tokens are of no use at once; other roles take the session’s last access token until it expires.',
  request: formBody(['token'], {
    token: { type: 'string' },
    token_type_hint: { type: 'string' },
    client_id: { type: 'string' },
    client_secret: { type: 'string', format: 'password' },
  }),
  responses: {
    200: { description: 'The token is of no use; perhaps it never was.' },
    ...oauthErrorResponses,
  },
});

export function addRevokeToken(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) => {
    try {
      const { form, client, address } = await readClientForm(c, auth);
      const token = form.get('token');
      if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
      await revokeToken(auth, { token, client, address });
      return c.body(null, 200, noStore);
    } catch (error) {
      return answerOAuthError(c, auth, error);
    }
  });
}
