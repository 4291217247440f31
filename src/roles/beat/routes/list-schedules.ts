import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { nextLink, PageQuerySchema } from '../../../platform/http/list-page.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { listSchedulePage } from '../actions/list-schedule-page.ts';
import type { BeatContext } from '../beat-context.ts';
import { requireAccess } from './require-access.ts';
import { ScheduleSchema, toWireSchedule } from './schedule-schemas.ts';

const route = createRoute({
  method: 'get',
  path: '/schedules',
  operationId: 'listSchedules',
  tags: ['Schedules'],
  summary: 'Lists schedules by name',
  security: [{ bearer: [] }],
  middleware: [requireAccess({ roles: ['auditor', 'admin'] })] as const,
  request: { query: PageQuerySchema },
  responses: {
    200: {
      description: 'A page; `Link: rel="next"` leads to the next one.',
      content: { 'application/json': { schema: z.array(ScheduleSchema) } },
    },
    ...problemResponses('invalid_request', 'invalid_cursor', 'unauthenticated', 'forbidden'),
  },
});

export function addListSchedules(app: App, beat: BeatContext): void {
  app.openapi(route, async (c) => {
    const { schedules, cursor } = await listSchedulePage(beat, c.req.valid('query'));
    if (cursor) c.header('Link', nextLink('/api/beat/schedules', c.req.query(), cursor));
    return c.json(schedules.map(toWireSchedule), 200);
  });
}
