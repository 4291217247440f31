import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { TaskIdSchema } from './task-schemas.ts';

const route = createRoute({
  method: 'delete',
  path: '/tasks/{id}',
  operationId: 'discardTask',
  tags: ['Tasks'],
  summary: 'Removes a task that no worker has',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: TaskIdSchema },
  responses: {
    204: { description: 'The task is gone.' },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
});

export function addDiscardTask(app: App, { queue, log }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    await queue.discard(id);
    log.info({ task: id, subject: c.get('principal').subject }, 'task discarded');
    return c.body(null, 204);
  });
}
