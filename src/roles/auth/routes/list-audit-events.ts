import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listAuditPage } from '../actions/read-audit.ts';
import type { AuthContext } from '../auth-context.ts';
import type { AuditEventRow } from '../store/auth-store.ts';

const AuditEventSchema = z
  .object({
    sequence: z.int().openapi({ description: 'Counts from 1 without gaps.' }),
    at: z.string().openapi({ format: 'date-time' }),
    event: z.string().openapi({ example: 'sign_in' }),
    actor: z.string().nullable().openapi({ description: 'Id of the user or client who did it.' }),
    subject: z.string().nullable().openapi({ description: 'Id of who or what it was done to.' }),
    client_id: z.string().nullable(),
    address: z.string().nullable().openapi({ description: 'The client’s IP address.' }),
    hash: z.string().openapi({
      description:
        'SHA-256 of the hash before (32 zero bytes at first) and the JSON array of the fields above, `at` in milliseconds since 1970.',
    }),
  })
  .openapi('AuditEvent');

export function addListAuditEvents(app: App, auth: AuthContext): void {
  const route = createRoute({
    method: 'get',
    path: '/audit',
    operationId: 'listAuditEvents',
    tags: ['Audit'],
    summary: 'What happened, the newest first, for admins and auditors',
    security: [{ bearer: [] }],
    middleware: auth.signedIn,
    request: { query: PageQuerySchema },
    responses: {
      200: {
        description: 'A page of events; `Link` has the next one.',
        content: { 'application/json': { schema: z.array(AuditEventSchema) } },
      },
      ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
    },
  });
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await listAuditPage(auth, { caller: c.get('principal'), limit, cursor });
    if (page.cursor !== undefined) {
      c.header('Link', nextLink('/api/auth/audit', { limit: String(limit) }, page.cursor));
    }
    return c.json(page.rows.map(toAuditEvent), 200);
  });
}

function toAuditEvent({ at, hash, ...event }: AuditEventRow): z.infer<typeof AuditEventSchema> {
  return { ...event, at: new Date(at).toISOString(), hash: Buffer.from(hash).toString('hex') };
}
