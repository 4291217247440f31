import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { countingIn } from '../actions/file-scores.ts';
import { readFile } from '../actions/read-file.ts';
import type { FileContext } from '../file-context.ts';
import { findContent } from '../store/contents.ts';
import { listFindings as listRows } from '../store/findings.ts';
import { FileIdSchema } from './file-schema.ts';
import { FindingSchema } from './report-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/{id}/findings',
  operationId: 'listFindings',
  tags: ['Files'],
  summary: 'Lists what was found in a file, masked, with place and reason',
  security: [{ bearer: [] }],
  request: {
    params: FileIdSchema,
    query: PageQuerySchema.extend({ type: z.string().max(64).optional() }),
  },
  responses: {
    200: {
      description: 'One page; the next is in `Link: rel="next"`.',
      headers: z.object({ Link: z.string().optional() }),
      content: { 'application/json': { schema: z.array(FindingSchema) } },
    },
    ...problemResponses(
      'invalid_request',
      'invalid_cursor',
      'unauthenticated',
      'forbidden',
      'not_found',
    ),
  },
});

export function listFindings(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const { limit, cursor, type } = c.req.valid('query');
    const file = await readFile(context, c.get('principal'), { id, access: 'metadata' });
    const purpose = `findings:${file.sha256}:${type ?? ''}`;
    const after = cursor === undefined ? -1 : Number(context.cursors.open(purpose, cursor)[0]);
    const { db } = context.store;
    const content = await findContent(db, file.sha256);
    const revision = content && (await context.revisions.find(db, content.revision));
    const counting = content && countingIn(content, revision, file.name);
    const options = { after, limit: limit + 1, type, counting };
    const rows = await listRows(context.store, file.sha256, options);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    if (rows.length > limit && last) {
      const query = { limit: String(limit), ...(type === undefined ? {} : { type }) };
      const next = context.cursors.seal(purpose, [last.ordinal]);
      c.header('Link', nextLink(`/api/file/${id}/findings`, query, next));
    }
    return c.json(z.array(FindingSchema).parse(page.map(({ finding }) => finding)), 200);
  });
}
