/** Error codes of a token answer (RFC 6749, section 5.2; `slow_down`: RFC 8628, section 3.5). */
export const statusByOAuthError = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  slow_down: 429,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof statusByOAuthError;

/** An expected failure of the token endpoint, answered as `{error, error_description}`. */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;
  readonly headers: Record<string, string>;

  constructor(error: OAuthErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'OAuthError';
    this.error = error;
    this.headers =
      error === 'invalid_client'
        ? { 'WWW-Authenticate': 'Basic realm="sensitivity", charset="UTF-8"', ...headers }
        : headers;
  }
}
