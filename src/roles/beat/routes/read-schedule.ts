import { createRoute } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { ScheduleParamSchema, ScheduleSchema, toWireSchedule } from './schedule-schemas.ts';

const route = createRoute({
  method: 'get',
  path: '/schedules/{name}',
  operationId: 'readSchedule',
  tags: ['Schedules'],
  summary: 'Shows one schedule',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['auditor', 'admin'] })] as const,
  request: { params: ScheduleParamSchema },
  responses: {
    200: {
      description: 'The schedule.',
      content: { 'application/json': { schema: ScheduleSchema } },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function addReadSchedule(app: App, { schedules }: BeatContext): void {
  app.openapi(route, async (c) => {
    const { name } = c.req.valid('param');
    const schedule = await schedules.find(name);
    if (!schedule) throw new AppError('not_found', `there is no schedule ${name}`);
    return c.json(toWireSchedule(schedule), 200);
  });
}
