import { createRoute, z } from '@hono/zod-openapi';
import { QueueNameSchema, TaskNameSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listTaskPage } from '../actions/list-task-page.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { TaskSchema, TaskStateSchema, toWireTask } from './task-schemas.ts';

const route = createRoute({
  method: 'get',
  path: '/tasks',
  operationId: 'listTasks',
  tags: ['Tasks'],
  summary: 'Lists tasks, newest first',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: {
    query: PageQuerySchema.extend({
      queue: QueueNameSchema.optional(),
      state: TaskStateSchema.optional(),
      name: TaskNameSchema.optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page; `Link: rel="next"` leads to the next one.',
      content: { 'application/json': { schema: z.array(TaskSchema) } },
    },
    ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
  },
});

export function addListTasks(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const page = await listTaskPage(beat, filter, { limit, cursor });
    if (page.cursor) c.header('Link', nextLink('/api/beat/tasks', c.req.query(), page.cursor));
    return c.json(page.tasks.map(toWireTask), 200);
  });
}
