import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listSessionsOf } from '../actions/manage-sessions.ts';
import { requireOwnToken } from '../actions/require-own-token.ts';
import type { AuthContext } from '../auth-context.ts';

const SessionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['browser', 'client']),
    name: z.string().openapi({ example: 'Sensitivity on the command line' }),
    client_id: z.string().nullable(),
    created_at: z.string().openapi({ format: 'date-time' }),
    expires_at: z.string().openapi({ format: 'date-time', description: 'Unless it is used.' }),
    current: z.boolean().openapi({ description: 'It is the one of this request.' }),
  })
  .openapi('Session');

export function addListSessions(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/users/me/sessions',
    operationId: 'listSessions',
    tags: ['Users'],
    summary: 'Where you are signed in',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    responses: {
      200: {
        description: 'Browsers, then clients, the newest first; at most 100 of each.',
        content: { 'application/json': { schema: z.array(SessionSchema) } },
      },
      ...problemResponses('unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { subject, sessionId } = requireOwnToken(c.get('principal'));
    const places = await listSessionsOf(auth, subject);
    const sessions = places.map(({ id, kind, name, clientId, createdAt, expiresAt }) => ({
      id,
      kind,
      name,
      client_id: clientId,
      created_at: new Date(createdAt).toISOString(),
      expires_at: new Date(expiresAt).toISOString(),
      current: id === sessionId,
    }));
    return c.json(sessions, 200);
  });
}
