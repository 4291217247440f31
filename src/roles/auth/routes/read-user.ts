import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { readUserFor } from '../actions/read-user-for.ts';
import type { AuthContext } from '../auth-context.ts';
import { toUser, UserIdSchema, UserSchema } from './user-schema.ts';

export function addReadUser(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/users/{id}',
    operationId: 'readUser',
    tags: ['Users'],
    summary: 'One user',
    description: 'For admins, the user themself, and services with the scope `users:read`.',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: UserIdSchema },
    responses: {
      200: { description: 'The user.', content: { 'application/json': { schema: UserSchema } } },
      ...problemResponses('unauthenticated', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { id: userId } = c.req.valid('param');
    return c.json(toUser(await readUserFor(auth, { caller: c.get('principal'), userId })), 200);
  });
}
