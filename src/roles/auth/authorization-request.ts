import { AppError } from '../../platform/app-error.ts';
import { type Client, grantTypes, parseScope } from './client.ts';
import { isCodeChallenge } from './pkce.ts';
import { isRegistered } from './redirect-uri.ts';

const maxStateLength = 4_096;

/** Error codes of an authorization answer (RFC 6749, section 4.1.2.1). */
export type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'request_not_supported'
  | 'request_uri_not_supported';

/** What a client asks a person for, checked. */
export interface AuthorizationRequest {
  client: Client;
  redirectUri: string;
  state: string | undefined;
  codeChallenge: string;
  scopes: readonly string[];
}

/** A refusal that the client is told of, at its registered address. */
export class AuthorizationError extends Error {
  readonly error: AuthorizationErrorCode;
  readonly redirectUri: string;
  readonly state: string | undefined;

  constructor(
    error: AuthorizationErrorCode,
    message: string,
    { redirectUri, state }: { redirectUri: string; state: string | undefined },
  ) {
    super(message);
    this.name = 'AuthorizationError';
    this.error = error;
    this.redirectUri = redirectUri;
    this.state = state;
  }
}

/**
 * Reads an authorization request (RFC 6749, section 4.1.1) with PKCE (RFC 7636), which every client
 * needs, by the method S256.
 *
 * @param query of the request, without the question mark.
 * @throws {AppError} `invalid_request` when it is not known where to tell the client: nobody is
 * redirected then.
 * @throws {AuthorizationError} for all else that is wrong with it.
 */
export async function readAuthorizationRequest(
  query: string,
  findClient: (id: string) => Promise<Client | undefined>,
): Promise<AuthorizationRequest> {
  const parameters = new URLSearchParams(query);
  const client = await findClient(readOnce(parameters, 'client_id'));
  if (!client) throw refused('this client is not known here');
  const redirectUri = readOnce(parameters, 'redirect_uri');
  if (!isRegistered(client.redirectUris, redirectUri)) {
    throw refused('the client did not register this redirect_uri');
  }
  const [state] = parameters.getAll('state');
  const fail = (error: AuthorizationErrorCode, message: string): AuthorizationError =>
    new AuthorizationError(error, message, { redirectUri, state });
  for (const name of new Set(parameters.keys())) {
    if (parameters.getAll(name).length > 1) {
      throw fail('invalid_request', 'a parameter comes more than once');
    }
  }
  if (state !== undefined && state.length > maxStateLength) {
    throw fail('invalid_request', `state is over ${maxStateLength} characters`);
  }
  const read = (name: string): string | undefined => parameters.get(name) || undefined;
  if (read('request') !== undefined) throw fail('request_not_supported', 'request is not read');
  if (read('request_uri') !== undefined) {
    throw fail('request_uri_not_supported', 'request_uri is not read');
  }
  const responseType = read('response_type');
  if (responseType === undefined) throw fail('invalid_request', 'response_type is missing');
  if (responseType !== 'code') {
    throw fail('unsupported_response_type', 'response_type must be code');
  }
  if ((read('response_mode') ?? 'query') !== 'query') {
    throw fail('invalid_request', 'response_mode must be query');
  }
  if (!client.grants.includes(grantTypes.code)) {
    throw fail('unauthorized_client', 'the client has another grant type');
  }
  const codeChallenge = read('code_challenge');
  if (codeChallenge === undefined) {
    throw fail('invalid_request', 'code_challenge is missing (RFC 7636)');
  }
  if (read('code_challenge_method') !== 'S256') {
    throw fail('invalid_request', 'code_challenge_method must be S256');
  }
  if (!isCodeChallenge(codeChallenge)) {
    throw fail('invalid_request', 'code_challenge must be a SHA-256 in base64url');
  }
  const scopes = chooseScopes(client, read('scope'));
  if (!scopes) throw fail('invalid_scope', 'the client does not have all of these scopes');
  return { client, redirectUri, state, codeChallenge, scopes };
}

/**
 * The scopes asked for; those of the client when it asks for none, and for one of the installation's
 * own none at all: its tokens are not limited. Undefined when it may not have them.
 */
export function chooseScopes(
  client: Client,
  scope: string | undefined,
): readonly string[] | undefined {
  if (scope === undefined) return client.isFirstParty ? [] : client.scopes;
  const scopes = parseScope(scope);
  return scopes?.every((one) => client.scopes.includes(one)) ? scopes : undefined;
}

/** The address a client is answered at, with the issuer (RFC 9207). */
export function answerUrl(
  { redirectUri, state }: { redirectUri: string; state: string | undefined },
  answer: Record<string, string>,
  issuer: string,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, iss: issuer })) {
    url.searchParams.set(name, value);
  }
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function readOnce(parameters: URLSearchParams, name: string): string {
  const [value, ...more] = parameters.getAll(name);
  if (!value) throw refused(`${name} is missing`);
  if (more.length > 0) throw refused(`${name} comes more than once`);
  return value;
}

function refused(message: string): AppError {
  return new AppError('invalid_request', message);
}
