import { createRoute, z } from '@hono/zod-openapi';
import { QueueNameSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/queues/{queue}/requeue',
  operationId: 'requeueDead',
  tags: ['Queues'],
  summary: 'Queues all dead letters of a queue again',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: z.object({ queue: QueueNameSchema }) },
  responses: {
    200: {
      description: 'How many there were.',
      content: { 'application/json': { schema: z.object({ requeued: z.int() }) } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden'),
  },
});

export function addRequeueDead(app: App, { queue: tasks, log }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { queue } = c.req.valid('param');
    const requeued = await tasks.requeueDead(queue);
    log.info({ queue, requeued, subject: c.get('principal').subject }, 'dead letters requeued');
    return c.json({ requeued }, 200);
  });
}
