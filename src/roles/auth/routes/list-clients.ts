import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listClientPage } from '../actions/list-client-page.ts';
import type { AuthContext } from '../auth-context.ts';
import { ClientSchema, toClientJson } from './client-schema.ts';

export function addListClients(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/clients',
    operationId: 'listClients',
    tags: ['Clients'],
    summary: 'Registered clients in the order they were made, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { query: PageQuerySchema },
    responses: {
      200: {
        description: 'A page of clients; `Link` has the next one.',
        content: { 'application/json': { schema: z.array(ClientSchema) } },
      },
      ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await listClientPage(auth, { caller: c.get('principal'), limit, cursor });
    if (page.cursor !== undefined) {
      c.header('Link', nextLink('/api/auth/clients', { limit: String(limit) }, page.cursor));
    }
    return c.json(page.rows.map(toClientJson), 200);
  });
}
