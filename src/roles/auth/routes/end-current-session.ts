import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { endCurrentSession } from '../actions/end-current-session.ts';
import type { AuthContext } from '../auth-context.ts';

export function addEndCurrentSession(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'delete',
    path: '/sessions/current',
    operationId: 'endCurrentSession',
    tags: ['Tokens'],
    summary: 'Signs out: ends the session and its refresh token',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    responses: {
      204: { description: 'Signed out.' },
      ...problemResponses('unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    await endCurrentSession(auth, c.get('principal'));
    return c.body(null, 204);
  });
}
