import { createRoute } from '@hono/zod-openapi';
import { PublishAnswerSchema, PublishRequestSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { publishTasks } from '../actions/publish-tasks.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/tasks',
  operationId: 'publishTasks',
  tags: ['Tasks'],
  summary: 'Queues up to 1,000 tasks',
  description: 'One outcome a task, in order. A key stays unique while its task is unfinished.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:publish'], roles: ['admin'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: PublishRequestSchema } } },
  },
  responses: {
    200: {
      description: 'All tasks are on disk, or were there before.',
      content: { 'application/json': { schema: PublishAnswerSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function addPublishTasks(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const { tasks } = c.req.valid('json');
    return c.json({ outcomes: await publishTasks(beat, tasks) }, 200);
  });
}
