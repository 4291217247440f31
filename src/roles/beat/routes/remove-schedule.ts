import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { removeSchedule } from '../actions/remove-schedule.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { ScheduleParamSchema } from './schedule-schemas.ts';

const route = createRoute({
  method: 'delete',
  path: '/schedules/{name}',
  operationId: 'removeSchedule',
  tags: ['Schedules'],
  summary: 'Deletes a schedule that is not built in',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['admin'] })] as const,
  request: { params: ScheduleParamSchema },
  responses: {
    204: { description: 'The schedule is gone; its tasks stay.' },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
});

export function addRemoveSchedule(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    await removeSchedule(beat, c.req.valid('param').name);
    return c.body(null, 204);
  });
}
