import { createRoute } from '@hono/zod-openapi';
import { QueuesAnswerSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'get',
  path: '/queues',
  operationId: 'listQueues',
  tags: ['Queues'],
  summary: 'Counts the tasks of every queue by state',
  security: [{ bearer: [] }],
  middleware: [
    requireAccess({
      scopes: ['tasks:publish', 'tasks:lease', 'tasks:purge'],
      roles: ['auditor', 'admin'],
    }),
  ] as const,
  responses: {
    200: {
      description: 'All queues, by name.',
      content: { 'application/json': { schema: QueuesAnswerSchema } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function addListQueues(app: App, { queue }: BeatContext): void {
  app.openapi(route, async (c) => {
    if (queue.inspect.hasDue()) await queue.sweep();
    const queues = queue.inspect.stats().map(({ oldestReadySeconds, ...stats }) => ({
      ...stats,
      oldest_ready_seconds: oldestReadySeconds,
    }));
    return c.json(queues, 200);
  });
}
