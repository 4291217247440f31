import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { introspectToken } from '../actions/introspect-token.ts';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import {
  answerOAuthError,
  formBody,
  noStore,
  oauthErrorResponses,
  readClientForm,
} from './oauth-answer.ts';

const IntrospectionSchema = z
  .object({
    active: z.boolean(),
    scope: z.string().optional(),
    client_id: z.string().optional(),
    sub: z.string().optional(),
    exp: z.int().optional(),
    iss: z.string().optional(),
    aud: z.string().optional(),
    token_type: z.string().optional(),
  })
  .openapi('Introspection');

const route = createRoute({
  method: 'post',
  path: '/introspect',
  operationId: 'introspectToken',
  tags: ['Tokens'],
  summary: 'Tells what a token is worth now, to clients with a secret (RFC 7662)',
  request: formBody(['token'], {
    token: { type: 'string' },
    token_type_hint: { type: 'string' },
    client_id: { type: 'string' },
    client_secret: { type: 'string', format: 'password' },
  }),
  responses: {
    200: {
      description: 'What it is; `active` alone when it is of no use or not the client’s to see.',
      content: { 'application/json': { schema: IntrospectionSchema } },
    },
    ...oauthErrorResponses,
  },
});

export function addIntrospectToken(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) => {
    try {
      const { form, client } = await readClientForm(c, auth);
      const token = form.get('token');
      if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
      return c.json(await introspectToken(auth, { token, client }), 200, noStore);
    } catch (error) {
      return answerOAuthError(c, auth, error);
    }
  });
}
