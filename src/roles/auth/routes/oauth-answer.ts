import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../../../platform/app-error.ts';
import { clientAddress } from '../../../platform/http/client-address.ts';
import type { AppEnv } from '../../../platform/http/create-app.ts';
import { authenticateClient } from '../actions/authenticate-client.ts';
import type { AuthContext } from '../auth-context.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { readClientCredentials } from './read-client-credentials.ts';
import { readForm, type TokenForm } from './read-form.ts';

export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

const TokenErrorSchema = z
  .object({
    error: z.string().openapi({ example: 'invalid_grant' }),
    error_description: z.string(),
  })
  .openapi('TokenError');

const tokenError = (description: string) => ({
  description,
  content: { 'application/json': { schema: TokenErrorSchema } },
});

/** What an endpoint of the protocol refuses with. */
export const oauthErrorResponses = {
  400: tokenError('Refused; `error` is a code of RFC 6749, section 5.2.'),
  401: tokenError('`invalid_client`'),
  429: tokenError('`slow_down`; `Retry-After` says when to come back.'),
  503: tokenError('`temporarily_unavailable`; `Retry-After` says when to come back.'),
};

/** A request body in OpenAPI: the form is read as RFC 6749 wants, and refused in its words. */
export function formBody(required: string[], properties: Record<string, object>) {
  const schema = { type: 'object' as const, required, properties };
  return {
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } },
  };
}

/** Answers as the protocol has it. Unexpected errors are thrown on. */
export function answerOAuthError(c: Context<AppEnv>, auth: AuthContext, thrown: unknown) {
  const { error, message, status, headers } = toOAuthError(thrown);
  if (error === 'invalid_request') auth.metrics.failures.inc({ reason: 'invalid_request' });
  return c.json({ error, error_description: message }, status, { ...headers, ...noStore });
}

export interface ClientForm {
  form: TokenForm;
  client: Client | undefined;
  /** The client's IP address. */
  address: string;
}

/** The form of a request that a client makes, and who that is. @throws {OAuthError} */
export async function readClientForm(c: Context<AppEnv>, auth: AuthContext): Promise<ClientForm> {
  const form = await readForm(c.req);
  const credentials = readClientCredentials(c.req.header('authorization'), form);
  const address = clientAddress(c, auth.trustedProxies);
  const clientId = form.get('client_id');
  const client = await authenticateClient(auth, { credentials, clientId, address });
  if (clientId !== undefined && !client) {
    throw new OAuthError('invalid_client', 'this client is not known here');
  }
  return { form, client, address };
}

function toOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof AppError) {
    const { code, message, headers } = error;
    if (code === 'too_many_requests') return new OAuthError('slow_down', message, headers);
    if (code === 'unavailable') return new OAuthError('temporarily_unavailable', message, headers);
  }
  throw error;
}
