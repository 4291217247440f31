import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { rescanFile as rescanAllowed } from '../actions/rescan-file.ts';
import type { FileContext } from '../file-context.ts';
import { FileIdSchema, FileSchema, toFile } from './file-schema.ts';

const route = createRoute({
  method: 'post',
  path: '/{id}/rescan',
  operationId: 'rescanFile',
  tags: ['Files'],
  summary: 'Scans a file anew',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    202: {
      description: 'Queued; the last score stands until the new one is there.',
      content: { 'application/json': { schema: FileSchema } },
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
  },
});

export function rescanFile(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const options = { id, requestId: c.get('requestId') };
    const file = await rescanAllowed(context, c.get('principal'), options);
    return c.json(await toFile(context, file), 202);
  });
}
