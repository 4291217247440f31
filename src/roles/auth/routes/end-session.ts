import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { endSessionOf } from '../actions/manage-sessions.ts';
import { requireOwnToken } from '../actions/require-own-token.ts';
import type { AuthContext } from '../auth-context.ts';

export function addEndSession(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'delete',
    path: '/users/me/sessions/{id}',
    operationId: 'endSession',
    tags: ['Users'],
    summary: 'Ends one of your sessions; of a browser also what was signed in to through it',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: z.object({ id: z.string().max(64) }) },
    responses: {
      204: { description: 'Ended.' },
      ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { subject: userId } = requireOwnToken(c.get('principal'));
    await endSessionOf(auth, { userId, sessionId: c.req.valid('param').id });
    return c.body(null, 204);
  });
}
