import { OAuthError } from '../oauth-error.ts';
import type { TokenForm } from './read-form.ts';

const basicShape = /^basic +([\w+/-]*={0,2}) *$/i;

/**
 * The client's id and secret from HTTP Basic or from the body (RFC 6749, section 2.3.1);
 * undefined when the client names no secret, and for the empty pair some form clients send.
 *
 * @throws {OAuthError} `invalid_client` on a broken header, `invalid_request` on both at once.
 */
export function readClientCredentials(
  header: string | undefined,
  form: TokenForm,
): { id: string; secret: string } | undefined {
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  if (header === undefined) {
    if (secret === undefined) return undefined;
    if (id === undefined) throw new OAuthError('invalid_request', 'client_id is missing');
    return { id, secret };
  }
  const basic = readBasic(header);
  if (basic.id === '' && basic.secret === '') return undefined;
  if (secret !== undefined || (id !== undefined && id !== basic.id)) {
    throw new OAuthError('invalid_request', 'the client must authenticate in one way only');
  }
  return basic;
}

function readBasic(header: string): { id: string; secret: string } {
  const [, encoded] = basicShape.exec(header) ?? [];
  if (encoded === undefined) throw broken();
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    const colon = text.indexOf(':');
    if (colon < 0) throw broken();
    return { id: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) };
  } catch {
    throw broken();
  }
}

/** Undoes the form encoding that the two halves have on their own. @throws {URIError} */
function decodePart(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function broken(): OAuthError {
  return new OAuthError('invalid_client', 'the Authorization header is no HTTP Basic (RFC 7617)');
}
