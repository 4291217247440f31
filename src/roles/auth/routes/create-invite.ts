import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { userRoles } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { inviteUser } from '../actions/invite-user.ts';
import type { AuthContext } from '../auth-context.ts';
import { EmailSchema } from '../email-address.ts';
import { InviteSchema, toInvite } from './invite-schema.ts';

const NewInviteSchema = z
  .object({
    email: EmailSchema.optional(),
    role: z.enum(userRoles).default('user'),
    expires_in_seconds: z
      .int()
      .min(60)
      .max(90 * 86_400)
      .default(7 * 86_400),
  })
  .openapi('NewInvite');

const InviteWithCodeSchema = InviteSchema.extend({
  code: z.string().openapi({ description: 'Shown this once.' }),
}).openapi('InviteWithCode');

export function addCreateInvite(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/invites',
    operationId: 'createInvite',
    tags: ['Invites'],
    summary: 'Makes an invite, for admins',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: {
      body: { required: true, content: { 'application/json': { schema: NewInviteSchema } } },
    },
    responses: {
      201: {
        description: 'The invite with its code.',
        content: { 'application/json': { schema: InviteWithCodeSchema } },
      },
      ...problemResponses(
        'invalid_request',
        'unauthenticated',
        'forbidden',
        'unsupported_media_type',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const { email, role, expires_in_seconds } = c.req.valid('json');
    const { invite, code } = await inviteUser(auth, {
      caller: c.get('principal'),
      email,
      role,
      expiresInSeconds: expires_in_seconds,
    });
    const location = `/api/auth/invites/${invite.id}`;
    return c.json({ ...toInvite(invite), code }, 201, { Location: location });
  });
}
