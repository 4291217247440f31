import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { deleteFile as deleteAllowed } from '../actions/delete-file.ts';
import { readFile } from '../actions/read-file.ts';
import { rescanFile as rescanAllowed } from '../actions/rescan-file.ts';
import type { FileContext } from '../file-context.ts';
import { listVersions as listRows } from '../store/files.ts';
import { FileIdSchema, FileSchema, toFile } from './file-schema.ts';

const errors = problemResponses('unauthenticated', 'forbidden', 'not_found');

const rescanRoute = createRoute({
  method: 'post',
  path: '/{id}/rescan',
  operationId: 'rescanFile',
  tags: ['Files'],
  summary: 'Scans a file anew',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    202: {
      description: 'Queued; the last score stands until the new one is there.',
      content: { 'application/json': { schema: FileSchema } },
    },
    ...errors,
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteFile',
  tags: ['Files'],
  summary: 'Deletes a file with all its versions, or one older version',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: { 204: { description: 'Deleted.' }, ...errors },
});

const versionsRoute = createRoute({
  method: 'get',
  path: '/{id}/versions',
  operationId: 'listVersions',
  tags: ['Files'],
  summary: 'Lists the versions of a file, newest first',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    200: {
      description: 'At most the newest 1,000.',
      content: { 'application/json': { schema: z.array(FileSchema) } },
    },
    ...errors,
  },
});

export function rescanFile(app: App, context: FileContext): void {
  app.openapi(rescanRoute, async (c) => {
    const { id } = c.req.valid('param');
    const options = { id, requestId: c.get('requestId') };
    const file = await rescanAllowed(context, c.get('principal'), options);
    return c.json(await toFile(context, file), 202);
  });
}

export function deleteFile(app: App, context: FileContext): void {
  app.openapi(deleteRoute, async (c) => {
    const { id } = c.req.valid('param');
    await deleteAllowed(context, c.get('principal'), { id, requestId: c.get('requestId') });
    return c.body(null, 204);
  });
}

export function listVersions(app: App, context: FileContext): void {
  app.openapi(versionsRoute, async (c) => {
    const { id } = c.req.valid('param');
    const file = await readFile(context, c.get('principal'), { id, access: 'metadata' });
    const versions = await listRows(context.store, file);
    return c.json(await Promise.all(versions.map((row) => toFile(context, row))), 200);
  });
}
