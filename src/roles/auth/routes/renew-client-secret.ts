import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { renewClientSecret } from '../actions/register-client.ts';
import type { AuthContext } from '../auth-context.ts';
import { ClientIdSchema, ClientWithSecretSchema, toClientJson } from './client-schema.ts';

export function addRenewClientSecret(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/clients/{id}/secret',
    operationId: 'renewClientSecret',
    tags: ['Clients'],
    summary: 'Gives a client another secret; the one before is of no more use',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: ClientIdSchema },
    responses: {
      200: {
        description: 'The client with its new secret.',
        content: { 'application/json': { schema: ClientWithSecretSchema } },
      },
      ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { id: clientId } = c.req.valid('param');
    const caller = c.get('principal');
    const { client, secret } = await renewClientSecret(auth, { caller, clientId });
    return c.json({ ...toClientJson(client), secret }, 200);
  });
}
