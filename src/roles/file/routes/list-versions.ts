import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { readFile } from '../actions/read-file.ts';
import type { FileContext } from '../file-context.ts';
import { listVersions as listRows } from '../store/files.ts';
import { FileIdSchema, FileSchema, toFile } from './file-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/{id}/versions',
  operationId: 'listVersions',
  tags: ['Files'],
  summary: 'Lists the versions of a file, newest first',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    200: {
      description: 'At most the newest 1,000.',
      content: { 'application/json': { schema: z.array(FileSchema) } },
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
  },
});

export function listVersions(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const file = await readFile(context, c.get('principal'), { id, access: 'metadata' });
    const versions = await listRows(context.store, file);
    return c.json(await Promise.all(versions.map((row) => toFile(context, row))), 200);
  });
}
