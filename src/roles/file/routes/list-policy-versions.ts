import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { requireRole } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { FileContext } from '../file-context.ts';
import { listPolicyVersions as listRows } from '../store/policies.ts';
import { PolicyVersionSchema } from './policy-schema.ts';

const purpose = 'policy-versions';

const route = createRoute({
  method: 'get',
  path: '/policy/versions',
  operationId: 'listPolicyVersions',
  tags: ['Policy'],
  summary: 'Lists the policies that were put in force, newest first',
  security: [{ bearer: [] }],
  request: { query: PageQuerySchema },
  responses: {
    200: {
      description: 'One page; the next is in `Link: rel="next"`.',
      headers: z.object({ Link: z.string().optional() }),
      content: { 'application/json': { schema: z.array(PolicyVersionSchema) } },
    },
    ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
  },
});

export function listPolicyVersions(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    requireRole(c.get('principal'), 'admin', 'auditor');
    const { limit, cursor } = c.req.valid('query');
    const before =
      cursor === undefined
        ? Number.MAX_SAFE_INTEGER
        : Number(context.cursors.open(purpose, cursor)[0]);
    const rows = await listRows(context.store, { before, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    if (rows.length > limit && last) {
      const next = context.cursors.seal(purpose, [last.version]);
      c.header('Link', nextLink('/api/file/policy/versions', { limit: String(limit) }, next));
    }
    const versions = page.map(({ version, actor, created_at }) => ({
      version,
      created_time: created_at,
      created_by: actor,
    }));
    return c.json(versions, 200);
  });
}
