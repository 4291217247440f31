/** Error codes of a token answer (RFC 6749, section 5.2; RFC 7009, 2.2.1; RFC 8628, section 3.5). */
export const statusByOAuthError = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  authorization_pending: 400,
  access_denied: 400,
  expired_token: 400,
  slow_down: 400,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof statusByOAuthError;

/** An expected failure of the token endpoint, answered as `{error, error_description}`. */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;
  readonly headers: Record<string, string>;
  readonly status: 400 | 401 | 429 | 503;

  constructor(error: OAuthErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'OAuthError';
    this.error = error;
    // Whoever polls too fast is told as RFC 6749 wants; a throttle, that tells when, as HTTP does.
    const isThrottle = error === 'slow_down' && headers['Retry-After'] !== undefined;
    this.status = isThrottle ? 429 : statusByOAuthError[error];
    this.headers =
      error === 'invalid_client'
        ? { 'WWW-Authenticate': 'Basic realm="sensitivity", charset="UTF-8"', ...headers }
        : headers;
  }
}
