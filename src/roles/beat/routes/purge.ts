import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';

const route = createRoute({
  method: 'post',
  path: '/purge',
  operationId: 'purge',
  tags: ['Operation'],
  summary: 'Removes tasks that finished long ago and workers that left',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ scopes: ['tasks:purge'], roles: ['admin'] })] as const,
  responses: {
    200: {
      description: 'How many of each were removed.',
      content: {
        'application/json': { schema: z.object({ tasks: z.int(), workers: z.int() }) },
      },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function addPurge(app: App, { queue, keepFinishedSeconds }: BeatContext): void {
  app.openapi(route, async (c) => c.json(await queue.purge(keepFinishedSeconds), 200));
}
