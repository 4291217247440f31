import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { AppError } from '../app-error.ts';

/** Query parameters of every list (keyset pagination). */
export const PageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  // A sort key may be a name of 1,024 control characters, six times as long in JSON.
  cursor: z.string().max(12_000).optional(),
});

type CursorValue = string | number | null;

/**
 * Cursors: the sort key of the last row of a page, sealed so that only what this installation
 * made is accepted, and only for the list, filters and sort it was made for.
 */
export class Cursors {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  seal(purpose: string, values: readonly CursorValue[]): string {
    const body = Buffer.from(JSON.stringify(values)).toString('base64url');
    return `${body}.${this.#sign(purpose, body)}`;
  }

  /** @throws {AppError} `invalid_cursor` unless `seal` made it for the same purpose. */
  open(purpose: string, cursor: string): CursorValue[] {
    const body = cursor.slice(0, Math.max(0, cursor.indexOf('.')));
    const expected = Buffer.from(`${body}.${this.#sign(purpose, body)}`);
    // Compared as text: of two encodings of the same bytes one is not ours.
    const given = Buffer.from(cursor);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AppError(
        'invalid_cursor',
        'the cursor is not from this list: start again without one, keep filters and sort the same',
      );
    }
    return JSON.parse(Buffer.from(body, 'base64url').toString());
  }

  #sign(purpose: string, body: string): string {
    const hash = createHmac('sha256', this.#key).update(`${purpose}\0${body}`).digest();
    return hash.subarray(0, 16).toString('base64url');
  }
}

/** `Link: rel="next"` (RFC 8288) for the same request with another cursor. */
export function nextLink(path: string, query: Record<string, string>, cursor: string): string {
  const parameters = new URLSearchParams({ ...query, cursor });
  return `<${path}?${parameters}>; rel="next"`;
}
