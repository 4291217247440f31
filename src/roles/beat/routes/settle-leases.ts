import { createRoute } from '@hono/zod-openapi';
import { LeaseResultsSchema, SettleRequestSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/leases/settle',
  operationId: 'settleLeases',
  tags: ['Leases'],
  summary: 'Says what became of leased tasks',
  description:
    '`done`; `retry` after a back-off or `retry_seconds`; `dead` at once; `give_back` unstarted, which costs no attempt.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:lease'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: SettleRequestSchema } } },
  },
  responses: {
    200: {
      description: 'One result a lease, in order: `lost` when the task is no longer the caller’s.',
      content: { 'application/json': { schema: LeaseResultsSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function addSettleLeases(app: App, { queue }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { settlements } = c.req.valid('json');
    return c.json({ results: await queue.settle(settlements) }, 200);
  });
}
