import { createRoute, z } from '@hono/zod-openapi';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { changePassword } from '../actions/change-password.ts';
import type { AuthContext } from '../auth-context.ts';

const password = z.string().openapi({ format: 'password' });

const PasswordChangeSchema = z
  .object({ current_password: password, new_password: password })
  .openapi('PasswordChange');

export function addChangePassword(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/users/me/password',
    operationId: 'changePassword',
    tags: ['Users'],
    summary: 'Changes your password and ends your other sessions',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: {
      body: { required: true, content: { 'application/json': { schema: PasswordChangeSchema } } },
    },
    responses: {
      204: { description: 'Changed.' },
      ...problemResponses(
        'invalid_request',
        'unauthenticated',
        'forbidden',
        'unsupported_media_type',
        'weak_password',
        'too_many_requests',
        'unavailable',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const { current_password, new_password } = c.req.valid('json');
    await changePassword(auth, {
      caller: c.get('principal'),
      currentPassword: current_password,
      newPassword: new_password,
      address: clientAddress(c, auth.trustedProxies),
    });
    return c.body(null, 204);
  });
}
