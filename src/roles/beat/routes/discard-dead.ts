import { createRoute, z } from '@hono/zod-openapi';
import { QueueNameSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'delete',
  path: '/queues/{queue}/dead',
  operationId: 'discardDead',
  tags: ['Queues'],
  summary: 'Removes all dead letters of a queue',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: z.object({ queue: QueueNameSchema }) },
  responses: {
    200: {
      description: 'How many there were.',
      content: { 'application/json': { schema: z.object({ discarded: z.int() }) } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden'),
  },
});

export function addDiscardDead(app: App, { queue: tasks, log }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { queue } = c.req.valid('param');
    const discarded = await tasks.discardDead(queue);
    log.info({ queue, discarded, subject: c.get('principal').subject }, 'dead letters discarded');
    return c.json({ discarded }, 200);
  });
}
