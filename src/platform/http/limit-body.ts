import type { MiddlewareHandler } from 'hono';
import { AppError } from '../app-error.ts';
import type { AppEnv } from './create-app.ts';

/**
 * Refuses request bodies over a number of bytes: by their announced length, or, when they come in
 * chunks, as soon as they have grown too long. For bodies that are read as a whole.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { raw } = c.req;
    const length = c.req.header('content-length');
    if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
    if (length === undefined && c.req.header('transfer-encoding') !== undefined && raw.body) {
      const body = await readAtMost(raw.body, maxBytes);
      const { method, headers, signal } = raw;
      c.req.raw = new Request(raw.url, { method, headers, signal, body });
    }
    await next();
  };
}

async function readAtMost(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function tooLarge(maxBytes: number): AppError {
  // What is left of the body is still on its way: the connection is of no more use.
  return new AppError('body_too_large', `the request's body is over ${maxBytes} bytes`, {
    headers: { Connection: 'close' },
  });
}
