import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listInvitePage } from '../actions/list-invite-page.ts';
import type { AuthContext } from '../auth-context.ts';
import { InviteSchema, toInvite } from './invite-schema.ts';

export function addListInvites(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/invites',
    operationId: 'listInvites',
    tags: ['Invites'],
    summary: 'Invites in the order they were made, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { query: PageQuerySchema },
    responses: {
      200: {
        description: 'A page of invites; `Link` has the next one.',
        content: { 'application/json': { schema: z.array(InviteSchema) } },
      },
      ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await listInvitePage(auth, { caller: c.get('principal'), limit, cursor });
    if (page.cursor !== undefined) {
      c.header('Link', nextLink('/api/auth/invites', { limit: String(limit) }, page.cursor));
    }
    return c.json(page.rows.map(toInvite), 200);
  });
}
