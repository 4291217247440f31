/** HTTP status of each error code: the only place where the two meet. */
export const statusByCode = {
  invalid_request: 400,
  invalid_cursor: 400,
  invalid_multipart: 400,
  unauthenticated: 401,
  forbidden: 403,
  registration_closed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  name_taken: 409,
  last_admin: 409,
  lease_lost: 409,
  range_not_satisfiable: 416,
  precondition_failed: 412,
  file_too_large: 413,
  body_too_large: 413,
  unsupported_media_type: 415,
  weak_password: 422,
  invalid_policy: 422,
  idempotency_key_reused: 422,
  precondition_required: 428,
  too_many_requests: 429,
  headers_too_large: 431,
  internal_error: 500,
  unavailable: 503,
  quota_exceeded: 507,
  storage_full: 507,
} as const;

export type ErrorCode = keyof typeof statusByCode;

export interface FieldError {
  /** Where in the request, e.g. `query.limit` or `body.email`. */
  field: string;
  message: string;
  /** Where in a text that was sent, from 1. */
  line?: number;
  column?: number;
}

export interface AppErrorOptions {
  cause?: unknown;
  /** Response headers that belong to the error, e.g. `Retry-After`. */
  headers?: Record<string, string>;
  fields?: FieldError[];
}

/**
 * An expected failure, said to the caller as it is.
 *
 * The message says what failed, on what and what to do; it holds no matched value, no token and
 * no path of the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly headers: Record<string, string>;
  readonly fields: FieldError[];

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.headers = options.headers ?? {};
    this.fields = options.fields ?? [];
  }

  get status(): (typeof statusByCode)[ErrorCode] {
    return statusByCode[this.code];
  }
}
