import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { sweepStale as sweep } from '../actions/sweep-stale.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';

const route = createRoute({
  method: 'post',
  path: '/sweep',
  operationId: 'sweepStale',
  tags: ['Service'],
  summary: 'Queues every file whose answer is not current',
  security: [{ bearer: [] }],
  middleware: allowService('files:sweep'),
  responses: {
    200: {
      description: 'How many contents were queued.',
      content: { 'application/json': { schema: z.object({ queued: z.int() }) } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function sweepStale(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    return c.json({ queued: await sweep(context, c.get('requestId')) }, 200);
  });
}
