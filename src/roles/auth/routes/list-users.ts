import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listUserPage } from '../actions/list-user-page.ts';
import type { AuthContext } from '../auth-context.ts';
import { maxEmailLength } from '../email-address.ts';
import { toUser, UserSchema } from './user-schema.ts';

const QuerySchema = PageQuerySchema.extend({
  email: z.string().max(maxEmailLength).optional().openapi({
    description: 'Only users whose address begins so.',
  }),
});

export function addListUsers(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/users',
    operationId: 'listUsers',
    tags: ['Users'],
    summary: 'Users by e-mail address, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { query: QuerySchema },
    responses: {
      200: {
        description: 'A page of users; `Link` has the next one.',
        content: { 'application/json': { schema: z.array(UserSchema) } },
      },
      ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { limit, cursor, email } = c.req.valid('query');
    const caller = c.get('principal');
    const page = await listUserPage(auth, { caller, limit, cursor, email });
    if (page.cursor !== undefined) {
      const query = { limit: String(limit), ...(email !== undefined && { email }) };
      c.header('Link', nextLink('/api/auth/users', query, page.cursor));
    }
    return c.json(page.rows.map(toUser), 200);
  });
}
