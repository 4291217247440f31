import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../../../platform/app-error.ts';
import type { App, AppEnv } from '../../../platform/http/create-app.ts';
import { requireUser } from '../../../platform/http/principal.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { type KeepOptions, keepUploads, type Upload } from '../actions/keep-uploads.ts';
import { checkFreeSpace } from '../actions/stage-upload.ts';
import type { FileContext } from '../file-context.ts';
import type { StoredFile } from '../store/schema.ts';
import type { UploadSlots } from '../upload-slots.ts';
import { FileSchema, toFile } from './file-schema.ts';
import { receiveMultipart } from './receive-multipart.ts';

export const UploadQuerySchema = z.object({
  if_exists: z.enum(['version', 'fail']).default('version').openapi({
    description: 'What a file of the same name means: a new version of it, or an error.',
  }),
});

export const uploadHeaders = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().openapi({
    description: 'The same key again within a day answers with the files it made the first time.',
  }),
});

export const uploadFilesRoute = createRoute({
  method: 'post',
  path: '/upload',
  operationId: 'uploadFiles',
  tags: ['Files'],
  summary: 'Uploads one or more files',
  description: 'Multipart; each file in a field named `file`. All files are kept, or none.',
  security: [{ bearer: [] }],
  request: {
    query: UploadQuerySchema,
    headers: uploadHeaders,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.string().openapi({ format: 'binary' }) }),
        },
      },
    },
  },
  responses: {
    201: {
      description: 'Kept, durably. One file is an object, several are an array.',
      content: { 'application/json': { schema: z.union([FileSchema, z.array(FileSchema)]) } },
    },
    ...problemResponses(
      'invalid_request',
      'invalid_multipart',
      'unauthenticated',
      'forbidden',
      'name_taken',
      'conflict',
      'file_too_large',
      'unsupported_media_type',
      'idempotency_key_reused',
      'quota_exceeded',
      'storage_full',
      'unavailable',
    ),
  },
});

/** The body is read as a stream, so the route is documented and served apart from each other. */
export function uploadFiles(app: App, context: FileContext, slots: UploadSlots): void {
  app.openAPIRegistry.registerPath(uploadFilesRoute);
  app.post('/upload', async (c) => {
    const options = readOptions(c);
    return slots.run(options.subject, async () => {
      const declared = Number(c.req.header('content-length') ?? 0);
      await checkFreeSpace(context, Math.min(declared, context.limits.maxUploadBytes));
      const uploads = await receiveMultipart(context, c.env.incoming);
      const files = await keepAndDiscard(context, uploads, options);
      const body = await Promise.all(files.map((file) => toFile(context, file)));
      const [first] = body;
      if (body.length > 1) return c.json(body, 201);
      return c.json(first, 201, { Location: `/api/file/${first?.id}` });
    });
  });
}

export function readOptions(c: Context<AppEnv>): KeepOptions {
  const { subject } = requireUser(c.get('principal'));
  const { if_exists } = parsePart('query', UploadQuerySchema, c.req.query());
  const headers = parsePart('header', uploadHeaders, {
    'idempotency-key': c.req.header('idempotency-key'),
  });
  return {
    subject,
    requestId: c.get('requestId'),
    ifExists: if_exists,
    idempotencyKey: headers['idempotency-key'],
  };
}

function parsePart<Schema extends z.ZodType>(
  part: string,
  schema: Schema,
  given: unknown,
): z.infer<Schema> {
  const { data, error } = schema.safeParse(given);
  if (!error) return data;
  throw new AppError('invalid_request', 'the request does not fit its schema', {
    fields: error.issues.map((issue) => ({
      field: [part, ...issue.path].join('.'),
      message: issue.message,
    })),
  });
}

/** Keeps what was received; whether that goes well or not, nothing is left in the way. */
export async function keepAndDiscard(
  context: FileContext,
  uploads: readonly Upload[],
  options: KeepOptions,
): Promise<StoredFile[]> {
  try {
    const files = await keepUploads(context, uploads, options);
    await context.usernames.learn(options.subject);
    return files;
  } finally {
    for (const { staged } of uploads) staged.file?.discard();
  }
}
