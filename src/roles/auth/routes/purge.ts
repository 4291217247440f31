import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { purgeExpired } from '../actions/purge-expired.ts';
import type { AuthContext } from '../auth-context.ts';

const PurgeCountsSchema = z
  .object({
    refresh_tokens: z.int(),
    sessions: z.int(),
    throttles: z.int(),
    invites: z.int(),
    authorization_codes: z.int(),
    device_codes: z.int(),
    browser_sessions: z.int(),
    complete: z.boolean().openapi({ description: 'False: there is more, call again.' }),
  })
  .openapi('PurgeCounts');

export function addPurge(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'post',
    path: '/purge',
    operationId: 'purge',
    tags: ['Operation'],
    summary: 'Deletes expired tokens, codes, sessions, throttles and invites (scope `auth:purge`)',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    responses: {
      200: {
        description: 'How many were deleted.',
        content: { 'application/json': { schema: PurgeCountsSchema } },
      },
      ...problemResponses('unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => c.json(await purgeExpired(auth, c.get('principal')), 200));
}
