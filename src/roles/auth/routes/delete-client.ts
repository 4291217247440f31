import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { removeClient } from '../actions/register-client.ts';
import type { AuthContext } from '../auth-context.ts';
import { ClientIdSchema } from './client-schema.ts';

export function addDeleteClient(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'delete',
    path: '/clients/{id}',
    operationId: 'deleteClient',
    tags: ['Clients'],
    summary: 'Takes a client away, for admins',
    description: 'It gets no more tokens; those it has end with their time, minutes at most.',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: ClientIdSchema },
    responses: {
      204: { description: 'Taken away.' },
      ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { id: clientId } = c.req.valid('param');
    await removeClient(auth, { caller: c.get('principal'), clientId });
    return c.body(null, 204);
  });
}
