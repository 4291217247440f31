import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError, type ErrorCode, statusByCode } from '../app-error.ts';

/** The body of every error answer: problem details for HTTP APIs (RFC 9457). */
export const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Not Found' }),
    status: z.int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: 'there is no file with this id' }),
    code: z.string().openapi({ example: 'not_found', description: 'Stable; made for programs.' }),
    request_id: z.string(),
    errors: z
      .array(
        z.object({
          field: z.string(),
          message: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
        }),
      )
      .optional(),
  })
  .openapi('Problem');

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

/** The answer to a failed request, as `application/problem+json`. */
export function toProblem(c: Context, error: AppError): Response {
  const body: z.infer<typeof ProblemSchema> = {
    type: 'about:blank',
    title: titles[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
    request_id: c.get('requestId'),
  };
  if (error.fields.length > 0) body.errors = error.fields;
  return c.body(JSON.stringify(body), error.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...error.headers,
  });
}

/**
 * What an unexpected error means to the caller: a full disk is said, anything else is an
 * `internal_error` that tells nothing but the request id.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new AppError('storage_full', 'the disk is full: free some space, then try again', {
      cause: error,
    });
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_BUSY_SNAPSHOT') {
    return new AppError('unavailable', 'the database is busy: try again', {
      cause: error,
      headers: { 'Retry-After': '1' },
    });
  }
  return new AppError('internal_error', 'something failed here; the log has it by the request id', {
    cause: error,
  });
}

const descriptions: Partial<Record<ErrorCode, string>> = {
  invalid_request: 'The request does not fit its schema.',
  unauthenticated: 'No valid access token.',
  forbidden: 'The token does not allow this.',
  not_found: 'There is no such thing, or it is not yours to see.',
  too_many_requests: 'Too many requests; `Retry-After` says when to come back.',
};

/** OpenAPI responses for the errors that a route can answer with. */
export function problemResponses(...codes: ErrorCode[]): Record<
  number,
  {
    description: string;
    content: { 'application/problem+json': { schema: typeof ProblemSchema } };
  }
> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const known = byStatus.get(statusByCode[code]) ?? [];
    known.push(descriptions[code] ?? `\`${code}\``);
    byStatus.set(statusByCode[code], known);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, texts]) => [
      status,
      {
        description: texts.join(' '),
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    ]),
  );
}
