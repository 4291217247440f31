import { createRoute } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { TaskIdSchema, TaskSchema, toWireTask } from './task-schemas.ts';

const route = createRoute({
  method: 'get',
  path: '/tasks/{id}',
  operationId: 'readTask',
  tags: ['Tasks'],
  summary: 'Shows one task',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: TaskIdSchema },
  responses: {
    200: { description: 'The task.', content: { 'application/json': { schema: TaskSchema } } },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function addReadTask(app: App, { queue }: BeatContext): void {
  app.openapi(route, (c) => {
    const task = queue.inspect.find(c.req.valid('param').id);
    if (!task) throw new AppError('not_found', 'there is no task with this id');
    return c.json(toWireTask(task), 200);
  });
}
