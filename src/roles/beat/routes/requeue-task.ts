import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { TaskIdSchema } from './task-schemas.ts';

const route = createRoute({
  method: 'post',
  path: '/tasks/{id}/requeue',
  operationId: 'requeueTask',
  tags: ['Tasks'],
  summary: 'Queues a dead letter again, with all its attempts',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: TaskIdSchema },
  responses: {
    204: { description: 'The task is ready.' },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
});

export function addRequeueTask(app: App, { queue, log }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    await queue.requeue(id);
    log.info({ task: id, subject: c.get('principal').subject }, 'task requeued');
    return c.body(null, 204);
  });
}
