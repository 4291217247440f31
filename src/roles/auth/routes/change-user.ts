import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { userRoles } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { changeUser } from '../actions/change-user.ts';
import type { AuthContext } from '../auth-context.ts';
import { userStatuses } from '../store/auth-store.ts';
import { toUser, UserIdSchema, UserSchema } from './user-schema.ts';

const ChangeSchema = z
  .object({ role: z.enum(userRoles).optional(), status: z.enum(userStatuses).optional() })
  .refine(({ role, status }) => role !== undefined || status !== undefined, {
    message: 'name a role or a status',
  })
  .openapi('UserChange');

export function addChangeUser(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'patch',
    path: '/users/{id}',
    operationId: 'changeUser',
    tags: ['Users'],
    summary: 'Gives a user another role or status, for admins',
    description:
      'Disabling ends the user’s sessions. Access tokens that are out already are good for other services until they expire.',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: {
      params: UserIdSchema,
      body: { required: true, content: { 'application/json': { schema: ChangeSchema } } },
    },
    responses: {
      200: { description: 'Changed.', content: { 'application/json': { schema: UserSchema } } },
      ...problemResponses(
        'invalid_request',
        'unauthenticated',
        'forbidden',
        'not_found',
        'last_admin',
        'unsupported_media_type',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const { id: userId } = c.req.valid('param');
    const change = c.req.valid('json');
    const user = await changeUser(auth, { caller: c.get('principal'), userId, ...change });
    return c.json(toUser(user), 200);
  });
}
