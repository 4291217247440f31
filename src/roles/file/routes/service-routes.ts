import { createRoute, z } from '@hono/zod-openapi';
import type { DocumentReport } from '../../../documents/scan-document.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { acceptResult, resultOutcomes } from '../actions/accept-result.ts';
import { noteProgress } from '../actions/note-progress.ts';
import { purgeAbandoned as purge } from '../actions/purge-abandoned.ts';
import { sweepStale } from '../actions/sweep-stale.ts';
import type { FileContext } from '../file-context.ts';
import { allowService } from './allow-service.ts';
import { DocumentSchema } from './report-schema.ts';

const security = [{ bearer: [] }];
const errors = problemResponses('unauthenticated', 'forbidden');
const bodyErrors = problemResponses(
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'body_too_large',
);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const settingsRoute = createRoute({
  method: 'get',
  path: '/scan-settings',
  operationId: 'readScanSettings',
  tags: ['Service'],
  summary: 'Tells a worker the policy and the key of fingerprints',
  security,
  middleware: allowService('content:read'),
  responses: {
    200: {
      description: 'What a scan needs beside the content.',
      content: {
        'application/json': {
          schema: z.object({
            revision: z.int(),
            policy: z.looseObject({}),
            fingerprint_key: z.string().openapi({ description: 'Base64' }),
          }),
        },
      },
    },
    ...errors,
  },
});

const resultsRoute = createRoute({
  method: 'post',
  path: '/results',
  operationId: 'acceptResults',
  tags: ['Service'],
  summary: 'Takes results of scans from a worker',
  security,
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
    ...bodyErrors,
  },
});

const progressRoute = createRoute({
  method: 'post',
  path: '/progress',
  operationId: 'noteProgress',
  tags: ['Service'],
  summary: 'Takes word of how far a scan is',
  security,
  middleware: allowService('results:write'),
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.object({ sha256, bytes_read: z.int().min(0) }) },
      },
    },
  },
  responses: { 204: { description: 'Noted.' }, ...bodyErrors },
});

const sweepRoute = createRoute({
  method: 'post',
  path: '/sweep',
  operationId: 'sweepStale',
  tags: ['Service'],
  summary: 'Queues every file whose answer is not current',
  security,
  middleware: allowService('files:sweep'),
  responses: {
    200: {
      description: 'How many contents were queued.',
      content: { 'application/json': { schema: z.object({ queued: z.int() }) } },
    },
    ...errors,
  },
});

const purgeRoute = createRoute({
  method: 'post',
  path: '/purge',
  operationId: 'purgeAbandoned',
  tags: ['Service'],
  summary: 'Removes abandoned uploads, old events and unused contents',
  security,
  middleware: allowService('files:sweep'),
  responses: {
    200: {
      description: 'How many of each.',
      content: { 'application/json': { schema: z.record(z.string(), z.int()) } },
    },
    ...errors,
  },
});

export function readScanSettings(app: App, context: FileContext): void {
  app.openapi(settingsRoute, (c) => {
    const fingerprint_key = Buffer.from(context.fingerprintKey).toString('base64');
    const { revision, policy } = context;
    return c.json({ revision, policy: { ...policy }, fingerprint_key }, 200);
  });
}

export function acceptResults(app: App, context: FileContext): void {
  app.openapi(resultsRoute, async (c) => {
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

export function takeProgress(app: App, context: FileContext): void {
  app.openapi(progressRoute, async (c) => {
    const { sha256: hash, bytes_read } = c.req.valid('json');
    await noteProgress(context, { sha256: hash, bytesRead: bytes_read });
    return c.body(null, 204);
  });
}

export function sweep(app: App, context: FileContext): void {
  app.openapi(sweepRoute, async (c) => {
    return c.json({ queued: await sweepStale(context, c.get('requestId')) }, 200);
  });
}

export function purgeAbandoned(app: App, context: FileContext): void {
  app.openapi(purgeRoute, async (c) => {
    return c.json({ ...(await purge(context)) }, 200);
  });
}
