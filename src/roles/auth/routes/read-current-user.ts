import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { requireUser } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { readUserFor } from '../actions/read-user-for.ts';
import type { AuthContext } from '../auth-context.ts';
import { toUser, UserSchema } from './user-schema.ts';

export function addReadCurrentUser(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/users/me',
    operationId: 'readCurrentUser',
    tags: ['Users'],
    summary: 'The user of the token',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    responses: {
      200: { description: 'You.', content: { 'application/json': { schema: UserSchema } } },
      ...problemResponses('unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const caller = requireUser(c.get('principal'));
    return c.json(toUser(await readUserFor(auth, { caller, userId: caller.subject })), 200);
  });
}
