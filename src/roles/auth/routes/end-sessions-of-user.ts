import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { endSessionsOf } from '../actions/end-sessions-of.ts';
import type { AuthContext } from '../auth-context.ts';
import { UserIdSchema } from './user-schema.ts';

export function addEndSessionsOfUser(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'delete',
    path: '/users/{id}/sessions',
    operationId: 'endSessionsOfUser',
    tags: ['Users'],
    summary: 'Ends all sessions of a user, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: UserIdSchema },
    responses: {
      204: { description: 'Ended.' },
      ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { id: userId } = c.req.valid('param');
    await endSessionsOf(auth, { caller: c.get('principal'), userId });
    return c.body(null, 204);
  });
}
