import { createRoute } from '@hono/zod-openapi';
import { LeaseAnswerSchema, LeaseRequestSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { leaseTasks } from '../actions/lease-tasks.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/leases',
  operationId: 'leaseTasks',
  tags: ['Leases'],
  summary: 'Settles tasks and hands out others',
  description:
    'Waits for a task up to `wait_seconds`, unless the request settles something. A lease ends after `lease_seconds` if it is not renewed.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:lease'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: LeaseRequestSchema } } },
  },
  responses: {
    200: {
      description: 'The tasks, highest priority first; none when there are none.',
      content: { 'application/json': { schema: LeaseAnswerSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function addLeaseTasks(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    const { tasks, settled } = await leaseTasks(beat, request, c.req.raw.signal);
    return c.json({ lease_seconds: beat.queue.leaseSeconds, tasks, settled }, 200);
  });
}
