import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { purgeAbandoned as purge } from '../actions/purge-abandoned.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';

const route = createRoute({
  method: 'post',
  path: '/purge',
  operationId: 'purgeAbandoned',
  tags: ['Service'],
  summary: 'Removes abandoned uploads, old events and unused contents',
  security: [{ bearer: [] }],
  middleware: allowService('files:sweep'),
  responses: {
    200: {
      description: 'How many of each.',
      content: { 'application/json': { schema: z.record(z.string(), z.int()) } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function purgeAbandoned(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    return c.json({ ...(await purge(context)) }, 200);
  });
}
