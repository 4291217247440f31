import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { checkAudit } from '../actions/read-audit.ts';
import type { AuthContext } from '../auth-context.ts';

const AuditCheckSchema = z
  .object({
    events: z.int(),
    head: z.string().openapi({
      description: 'The last hash: kept elsewhere, it shows a log that was cut short later.',
    }),
    broken_at: z.int().nullable().openapi({ description: 'The first event that does not follow.' }),
  })
  .openapi('AuditCheck');

export function addCheckAudit(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/audit/check',
    operationId: 'checkAudit',
    tags: ['Audit'],
    summary: 'Follows the hashes of the whole log, for admins and auditors',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    responses: {
      200: {
        description: 'Whether anything was removed or changed.',
        content: { 'application/json': { schema: AuditCheckSchema } },
      },
      ...problemResponses('unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { events, head, brokenAt } = await checkAudit(auth, c.get('principal'));
    return c.json({ events, head, broken_at: brokenAt }, 200);
  });
}
