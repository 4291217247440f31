import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';

const route = createRoute({
  method: 'get',
  path: '/scan-settings',
  operationId: 'readScanSettings',
  tags: ['Service'],
  summary: 'Tells a worker the policy and the key of fingerprints',
  security: [{ bearer: [] }],
  middleware: allowService('content:read'),
  responses: {
    200: {
      description: 'What a scan needs beside the content.',
      content: {
        'application/json': {
          schema: z.object({
            revision: z.int(),
            policy: z.unknown(),
            fingerprint_key: z.string().openapi({ description: 'Base64' }),
          }),
        },
      },
    },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
});

export function readScanSettings(app: App, context: FileContext): void {
  app.openapi(route, async (c) => {
    await context.policies.refresh();
    const fingerprint_key = Buffer.from(context.fingerprintKey).toString('base64');
    const { revision, policy } = context;
    return c.json({ revision, policy, fingerprint_key }, 200);
  });
}
