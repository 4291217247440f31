import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { revokeInvite } from '../actions/revoke-invite.ts';
import type { AuthContext } from '../auth-context.ts';

export function addDeleteInvite(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'delete',
    path: '/invites/{id}',
    operationId: 'deleteInvite',
    tags: ['Invites'],
    summary: 'Takes an invite back, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { params: z.object({ id: z.string().max(64) }) },
    responses: {
      204: { description: 'Taken back.' },
      ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
    },
  });
  app.openapi(route, async (c) => {
    const { id: inviteId } = c.req.valid('param');
    await revokeInvite(auth, { caller: c.get('principal'), inviteId });
    return c.body(null, 204);
  });
}
