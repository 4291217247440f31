import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../../platform/app-error.ts';
import type { App } from '../../../platform/http/create-app.ts';
import { problemResponses } from '../../../platform/http/problem.ts';
import { noteContentRead } from '../actions/note-content-read.ts';
import { readFile } from '../actions/read-file.ts';
import type { FileContext } from '../file-context.ts';
import { findContent } from '../store/contents.ts';
import { findSmallContent, smallContentBytes } from '../store/small-contents.ts';
import { allowService } from './allow-service.ts';
import { FileIdSchema } from './file-schema.ts';
import { parseRange } from './parse-range.ts';

/** Contents up to this size are answered without a stream. */
const mostBytesAtOnce = 262_144;

const binary = {
  content: {
    'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
  },
};

const readContentRoute = createRoute({
  method: 'get',
  path: '/{id}/content',
  operationId: 'readContent',
  tags: ['Files'],
  summary: 'Downloads the content of a file, or a range of it',
  description: 'Always an attachment. `ETag` is the SHA-256 of the content.',
  security: [{ bearer: [] }],
  request: { params: FileIdSchema },
  responses: {
    200: { description: 'The content.', ...binary },
    206: { description: 'The range asked for.', ...binary },
    304: { description: 'It is what `If-None-Match` names.' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'range_not_satisfiable'),
  },
});

const readContentByHashRoute = createRoute({
  method: 'get',
  path: '/contents/{sha256}',
  operationId: 'readContentByHash',
  tags: ['Service'],
  summary: 'Streams a content to a worker',
  security: [{ bearer: [] }],
  middleware: allowService('content:read'),
  request: { params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) },
  responses: {
    200: { description: 'The content.', ...binary },
    ...problemResponses('invalid_request', 'unauthenticated', 'forbidden', 'not_found'),
  },
});

export function readContent(app: App, context: FileContext): void {
  app.openapi(readContentRoute, async (c) => {
    const principal = c.get('principal');
    const { id } = c.req.valid('param');
    const file = await readFile(context, principal, { id, access: 'content' });
    await noteContentRead(context, principal, { file, requestId: c.get('requestId') });
    const etag = `"${file.sha256}"`;
    const headers: Record<string, string> = {
      ETag: etag,
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'private, no-cache',
      'Content-Disposition': attachment(file.name),
      'Content-Type': 'application/octet-stream',
    };
    if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    const wanted = rangeHeader(c.req.header('range'), c.req.header('if-range'), etag);
    const range = parseRange(wanted, file.size);
    if (range === 'unsatisfiable') {
      throw new AppError('range_not_satisfiable', `the file has ${file.size} bytes`, {
        headers: { 'Content-Range': `bytes */${file.size}` },
      });
    }
    if (range) {
      headers['Content-Range'] = `bytes ${range.start}-${range.end}/${file.size}`;
      headers['Content-Length'] = String(range.end - range.start + 1);
      return c.body(await rangeOf(context, file, range), 206, headers);
    }
    headers['Content-Length'] = String(file.size);
    const body = await bodyOf(context, file);
    return body ? c.body(body, 200, headers) : c.body(null, 200, headers);
  });
}

export function readContentByHash(app: App, context: FileContext): void {
  app.openapi(readContentByHashRoute, async (c) => {
    const { sha256 } = c.req.valid('param');
    const content = await findContent(context.store.db, sha256);
    if (!content) throw new AppError('not_found', 'there is no such content');
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(content.size),
    };
    const body = await bodyOf(context, content);
    return body ? c.body(body, 200, headers) : c.body(null, 200, headers);
  });
}

/** `Content-Disposition` for any name (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w .()+-]/g, '_').slice(0, 150);
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function rangeHeader(
  range: string | undefined,
  ifRange: string | undefined,
  etag: string,
): string | undefined {
  return ifRange === undefined || ifRange === etag ? range : undefined;
}

async function bodyOf(
  { content, store }: FileContext,
  { sha256, size }: { sha256: string; size: number },
): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null> {
  if (size === 0) return null;
  const bytes = size <= smallContentBytes && (await findSmallContent(store, sha256));
  if (bytes) return bytes;
  return size <= mostBytesAtOnce ? content.read(sha256) : toWeb(await content.open(sha256));
}

async function rangeOf(
  { content, store }: FileContext,
  { sha256, size }: { sha256: string; size: number },
  { start, end }: { start: number; end: number },
): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>> {
  const bytes = size <= smallContentBytes && (await findSmallContent(store, sha256));
  return bytes ? bytes.subarray(start, end + 1) : toWeb(await content.open(sha256, { start, end }));
}

function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
