import { createRoute, z } from '@hono/zod-openapi';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { registerUser } from '../actions/register-user.ts';
import type { AuthContext } from '../auth-context.ts';
import { EmailSchema } from '../email-address.ts';
import { toUser, UserSchema } from './user-schema.ts';

const RegistrationSchema = z
  .object({
    email: EmailSchema,
    password: z.string().openapi({
      format: 'password',
      description: '12 to 128 characters, none of the most common passwords.',
    }),
    invite: z.string().min(1).max(100).optional().openapi({ description: 'Code of an invite.' }),
  })
  .openapi('Registration');

const route = createRoute({
  method: 'post',
  path: '/users',
  operationId: 'registerUser',
  tags: ['Users'],
  summary: 'Registers; the first user ever becomes the admin',
  request: {
    body: { required: true, content: { 'application/json': { schema: RegistrationSchema } } },
  },
  responses: {
    201: {
      description: 'Registered; `Location` is the user’s address.',
      content: { 'application/json': { schema: UserSchema } },
    },
    ...problemResponses(
      'invalid_request',
      'registration_closed',
      'email_taken',
      'body_too_large',
      'unsupported_media_type',
      'weak_password',
      'too_many_requests',
      'unavailable',
    ),
  },
});

export function addRegisterUser(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) => {
    const { email, password, invite } = c.req.valid('json');
    const address = clientAddress(c, auth.trustedProxies);
    const user = await registerUser(auth, { email, password, invite, address });
    return c.json(toUser(user), 201, { Location: `/api/auth/users/${user.id}` });
  });
}
