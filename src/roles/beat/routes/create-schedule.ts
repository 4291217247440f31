import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { createSchedule } from '../actions/create-schedule.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { NewScheduleSchema, ScheduleSchema, toWireSchedule } from './schedule-schemas.ts';

const route = createRoute({
  method: 'post',
  path: '/schedules',
  operationId: 'createSchedule',
  tags: ['Schedules'],
  summary: 'Adds a schedule',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: {
    body: { required: true, content: { 'application/json': { schema: NewScheduleSchema } } },
  },
  responses: {
    201: {
      description: 'The schedule.',
      content: { 'application/json': { schema: ScheduleSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'name_taken'),
  },
});

export function addCreateSchedule(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const schedule = await createSchedule(beat, c.req.valid('json'));
    return c.json(toWireSchedule(schedule), 201, {
      Location: `/api/beat/schedules/${schedule.name}`,
    });
  });
}
