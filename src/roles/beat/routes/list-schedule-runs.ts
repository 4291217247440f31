import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { ScheduleParamSchema, ScheduleRunSchema, toWireRun } from './schedule-schemas.ts';

const route = createRoute({
  method: 'get',
  path: '/schedules/{name}/runs',
  operationId: 'listScheduleRuns',
  tags: ['Schedules'],
  summary: 'Lists what became of the last 100 ticks, newest first',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['auditor', 'admin'] })] as const,
  request: { params: ScheduleParamSchema },
  responses: {
    200: {
      description: 'The runs.',
      content: { 'application/json': { schema: z.array(ScheduleRunSchema) } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function addListScheduleRuns(app: App, { schedules }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { name } = c.req.valid('param');
    if (!(await schedules.find(name))) {
      throw new AppError('not_found', `there is no schedule ${name}`);
    }
    const runs = await schedules.listRuns(name);
    return c.json(runs.map(toWireRun), 200);
  });
}
