import { createRoute } from '@hono/zod-openapi';
import { ReconcileAnswerSchema, ReconcileRequestSchema } from '../../../broker/wire.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { reconcileLeases } from '../actions/reconcile-leases.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/leases/reconcile',
  operationId: 'reconcileLeases',
  tags: ['Leases'],
  summary: 'Gives back what a worker was handed in answers that it never got',
  description:
    'Ends the session’s polls; with `leaving` and nothing held, the worker leaves the list.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:lease'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: ReconcileRequestSchema } } },
  },
  responses: {
    200: {
      description: 'How many tasks went back to their queues.',
      content: { 'application/json': { schema: ReconcileAnswerSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function addReconcileLeases(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    return c.json({ given_back: await reconcileLeases(beat, request) }, 200);
  });
}
