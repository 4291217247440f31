import { createRoute } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { fireNow } from '../actions/fire-schedules.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { ScheduleParamSchema, ScheduleRunSchema, toWireRun } from './schedule-schemas.ts';

const route = createRoute({
  method: 'post',
  path: '/schedules/{name}/run',
  operationId: 'runSchedule',
  tags: ['Schedules'],
  summary: 'Queues the task of a schedule now',
  description:
    'Its ticks stay as they are. With `overlap: skip` nothing is queued while an earlier task is unfinished.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: ScheduleParamSchema },
  responses: {
    200: {
      description: 'What was done.',
      content: { 'application/json': { schema: ScheduleRunSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function addRunSchedule(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const { name } = c.req.valid('param');
    const run = await fireNow(beat, name);
    if (!run) throw new AppError('not_found', `there is no schedule ${name}`);
    beat.log.info({ schedule: name, subject: c.get('principal').subject }, 'schedule run by hand');
    return c.json(toWireRun(run), 200);
  });
}
