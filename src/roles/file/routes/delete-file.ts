import { createRoute } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { deleteFile as deleteAllowed } from '../actions/delete-file.ts';
import type { FileContext } from '../file-context.ts';
import { FileIdSchema } from './file-schema.ts';

const route = createRoute({
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteFile',
  tags: ['Files'],
  summary: 'Deletes a file with all its versions, or one older version',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    204: { description: 'Deleted.' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found'),
  },
});

export function deleteFile(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    await deleteAllowed(context, c.get('principal'), { id, requestId: c.get('requestId') });
    return c.body(null, 204);
  });
}
