import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { changeSchedule } from '../actions/change-schedule.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import {
  ScheduleChangeSchema,
  ScheduleParamSchema,
  ScheduleSchema,
  toWireSchedule,
} from './schedule-schemas.ts';

const route = createRoute({
  method: 'patch',
  path: '/schedules/{name}',
  operationId: 'changeSchedule',
  tags: ['Schedules'],
  summary: 'Changes a schedule',
  description: 'A cron pattern replaces the interval and the other way round.',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: {
    params: ScheduleParamSchema,
    body: { required: true, content: { 'application/json': { schema: ScheduleChangeSchema } } },
  },
  responses: {
    200: {
      description: 'The schedule as it is now.',
      content: { 'application/json': { schema: ScheduleSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function addChangeSchedule(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const { name } = c.req.valid('param');
    const schedule = await changeSchedule(beat, name, c.req.valid('json'));
    return c.json(toWireSchedule(schedule), 200);
  });
}
