import type { IncomingMessage } from 'node:http';
import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { checkFreeSpace, checkName, stageUpload } from '../actions/stage-upload.ts';
import type { FileContext } from '../file-context.ts';
import type { UploadSlots } from '../upload-slots.ts';
import { FileSchema, toFile } from './file-schema.ts';
import { keepAndDiscard, readOptions, UploadQuerySchema, uploadHeaders } from './upload-files.ts';

const mediaTypeShape = /^[\w.+-]{1,100}\/[\w.+-]{1,100}/;

const putFileRoute = createRoute({
  method: 'put',
  path: '/{name}',
  operationId: 'putFile',
  tags: ['Files'],
  summary: 'Uploads one file as the body of the request',
  security: [{ bearer: [] }],
  request: {
    params: z.object({
      name: z.string().openapi({ description: 'Any name, percent-encoded; a label, not a path.' }),
    }),
    query: UploadQuerySchema,
    headers: uploadHeaders,
    body: {
      required: true,
      content: {
        'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
  },
  responses: {
    201: {
      description: 'Kept, durably.',
      content: { 'application/json': { schema: FileSchema } },
    },
    ...problemResponses(
      'invalid_request',
      'unauthenticated',
      'forbidden',
      'name_taken',
      'conflict',
      'file_too_large',
      'idempotency_key_reused',
      'quota_exceeded',
      'storage_full',
      'unavailable',
    ),
  },
});

/**
 * The bytes of a body. Whoever stops half-way lets the rest go by unread: to close the connection
 * would keep the answer from arriving.
 *
 * @throws {AppError} `invalid_request` when the body ends too early.
 */
async function* readBody(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    yield* incoming.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw new AppError('invalid_request', 'the body ended too early', { cause: error });
  } finally {
    incoming.resume();
  }
}

/** The body is read as a stream, so the route is documented and served apart from each other. */
export function putFile(app: App, context: FileContext, slots: UploadSlots): void {
  app.openAPIRegistry.registerPath(putFileRoute);
  app.put('/:name', async (c) => {
    const options = readOptions(c);
    const name = checkName(c.req.param('name'));
    return slots.run(options.subject, async () => {
      const declared = Number(c.req.header('content-length') ?? 0);
      await checkFreeSpace(context, declared);
      const type = mediaTypeShape.exec(c.req.header('content-type') ?? '')?.[0];
      const mediaType = type?.toLowerCase() ?? 'application/octet-stream';
      const staged = await stageUpload(context, readBody(c.env.incoming), declared);
      const [file] = await keepAndDiscard(context, [{ name, mediaType, staged }], options);
      if (!file) throw new Error('an upload was kept without a file');
      return c.json(await toFile(context, file), 201, { Location: `/api/file/${file.id}` });
    });
  });
}
