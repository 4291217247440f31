import { createRoute, z } from '@hono/zod-openapi';
import type { DocumentReport } from '../../../documents/scan-document.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { acceptResult, resultOutcomes } from '../actions/accept-result.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';
import { DocumentSchema } from './report-schema.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const route = createRoute({
  method: 'post',
  path: '/results',
  operationId: 'acceptResults',
  tags: ['Service'],
  summary: 'Takes results of scans from a worker',
  security: [{ bearer: [] }],
  middleware: allowService('results:write'),
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            results: z
              .array(
                z.object({
                  sha256,
                  revision: z.int(),
                  engine_version: z.string().max(64),
                  document: DocumentSchema,
                }),
              )
              .min(1)
              .max(100),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'What became of each, in order.',
      content: {
        'application/json': { schema: z.object({ outcomes: z.array(z.enum(resultOutcomes)) }) },
      },
    },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'body_too_large'),
  },
});

export function acceptResults(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    const { results } = c.req.valid('json');
    const outcomes = await Promise.all(
      results.map(({ engine_version, document, ...result }) =>
        acceptResult(context, {
          ...result,
          engineVersion: engine_version,
          document: document as unknown as DocumentReport,
        }),
      ),
    );
    return c.json({ outcomes }, 200);
  });
}
