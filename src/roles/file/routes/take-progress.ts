import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { noteProgress } from '../actions/note-progress.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const route = createRoute({
  method: 'post',
  path: '/progress',
  operationId: 'noteProgress',
  tags: ['Service'],
  summary: 'Takes word of how far a scan is',
  security: [{ bearer: [] }],
  middleware: allowService('results:write'),
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.object({ sha256, bytes_read: z.int().min(0) }) },
      },
    },
  },
  responses: {
    204: { description: 'Noted.' },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function takeProgress(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { sha256: hash, bytes_read } = c.req.valid('json');
    await noteProgress(context, { sha256: hash, bytesRead: bytes_read });
    return c.body(null, 204);
  });
}
