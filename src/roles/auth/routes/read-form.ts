import type { HonoRequest } from 'hono';
import { OAuthError } from '../oauth-error.ts';

const formType = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** Parameters of a form; those without a value are left out (RFC 6749, section 3.2). */
export type TokenForm = ReadonlyMap<string, string>;

/**
 * Reads the body of a request as a form.
 *
 * @throws {OAuthError} `invalid_request` on another content type and on a parameter that comes
 * twice.
 */
export async function readForm(request: HonoRequest): Promise<TokenForm> {
  if (!formType.test(request.header('content-type') ?? '')) {
    throw invalid('the content type must be application/x-www-form-urlencoded');
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(await request.text())) {
    if (form.has(name)) throw invalid('a parameter comes more than once');
    form.set(name, value);
  }
  for (const [name, value] of form) {
    if (value === '') form.delete(name);
  }
  return form;
}

/**
 * Reads the body of a token request.
 *
 * @throws {OAuthError} `invalid_request` as {@link readForm}, and without a `grant_type`.
 */
export async function readTokenForm(request: HonoRequest): Promise<TokenForm> {
  const form = await readForm(request);
  if (!form.has('grant_type')) throw invalid('the parameter grant_type is missing');
  return form;
}

function invalid(message: string): OAuthError {
  return new OAuthError('invalid_request', message);
}
