import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { formatTime } from './task-schemas.ts';

/** Longer than any poll: a worker that said nothing for so long is not there. */
const presentMilliseconds = 90_000;

const WorkerSchema = z
  .object({
    name: z.string(),
    since: z.string().openapi({ description: 'When it first asked for tasks.' }),
    last_seen: z.string(),
    running: z.int().openapi({ description: 'Tasks that it has.' }),
  })
  .openapi('Worker');

const route = createRoute({
  method: 'get',
  path: '/workers',
  operationId: 'listWorkers',
  tags: ['Workers'],
  summary: 'Lists the workers that are there',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['auditor', 'admin'] })] as const,
  responses: {
    200: {
      description: 'By name.',
      content: { 'application/json': { schema: z.array(WorkerSchema) } },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function addListWorkers(app: App, { queue, now }: BeatContext): void {
  app.openapi(route, (c) => {
    const workers = queue.inspect.workers(now() - presentMilliseconds);
    return c.json(
      workers.map(({ name, since, lastSeen, running }) => ({
        name,
        since: formatTime(since),
        last_seen: formatTime(lastSeen),
        running,
      })),
      200,
    );
  });
}
