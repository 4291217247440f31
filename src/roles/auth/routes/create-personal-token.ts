import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { createPersonalToken } from '../actions/create-personal-token.ts';
import type { AuthContext } from '../auth-context.ts';

const daySeconds = 86_400;

const NewPersonalTokenSchema = z
  .object({
    name: z
      .string()
      .trim()
      .regex(/^[^\p{C}]{1,100}$/u, '1 to 100 characters, none of them invisible')
      .openapi({ description: 'To know it by.', example: 'nightly upload' }),
    scopes: z
      .array(z.enum(['read', 'write']))
      .min(1)
      .max(2)
      .transform((scopes) => [...new Set(scopes)]),
    expires_in_seconds: z
      .int()
      .min(60)
      .max(366 * daySeconds)
      .default(90 * daySeconds),
  })
  .openapi('NewPersonalToken');

const PersonalTokenSchema = z
  .object({
    id: z
      .string()
      .openapi({ description: 'Of its session: `DELETE /users/me/sessions/{id}` ends it.' }),
    name: z.string(),
    scopes: z.array(z.string()),
    expires_at: z.string().openapi({ format: 'date-time' }),
    token: z.string().openapi({ description: 'Shown this once.' }),
  })
  .openapi('PersonalToken');

export function addCreatePersonalToken(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/users/me/tokens',
    operationId: 'createPersonalToken',
    tags: ['Users'],
    summary: 'Makes a personal access token for scripts',
    description:
      'It goes where access tokens go (`Authorization: Bearer sens_pat_…`), is listed among your sessions, and acts as a user whatever your role is.',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: {
      body: { required: true, content: { 'application/json': { schema: NewPersonalTokenSchema } } },
    },
    responses: {
      201: {
        description: 'The token.',
        content: { 'application/json': { schema: PersonalTokenSchema } },
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
    const { name, scopes, expires_in_seconds } = c.req.valid('json');
    const made = await createPersonalToken(auth, {
      caller: c.get('principal'),
      name,
      scopes,
      expiresInSeconds: expires_in_seconds,
    });
    const { id, token, expiresAt } = made;
    const expires_at = new Date(expiresAt).toISOString();
    return c.json({ id, name, scopes, expires_at, token }, 201);
  });
}
