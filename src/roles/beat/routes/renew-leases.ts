import { createRoute } from '@hono/zod-openapi';
import { LeaseResultsSchema, RenewRequestSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/leases/renew',
  operationId: 'renewLeases',
  tags: ['Leases'],
  summary: 'Extends leases by their whole length, from now',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:lease'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: RenewRequestSchema } } },
  },
  responses: {
    200: {
      description: 'One result a lease, in order: `lost` when the task is no longer the caller’s.',
      content: { 'application/json': { schema: LeaseResultsSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function addRenewLeases(app: App, { queue }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { leases } = c.req.valid('json');
    return c.json({ results: await queue.renew(leases) }, 200);
  });
}
