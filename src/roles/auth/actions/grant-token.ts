import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import type { ServiceId } from '../service-scopes.ts';
import { authenticateClient } from './authenticate-client.ts';
import type { TokenAnswer } from './issue-access-token.ts';
import { issueServiceToken } from './issue-service-token.ts';
import { refreshSession } from './refresh-session.ts';
import { signIn } from './sign-in.ts';

export interface TokenRequest {
  /** Parameters of the request; none is empty. */
  form: ReadonlyMap<string, string>;
  client: { id: string; secret: string } | undefined;
  /** The client's IP address. */
  address: string;
}

/**
 * Answers a token request by its grant (RFC 6749, section 4).
 *
 * @throws {OAuthError} when it is refused
 * @throws {AppError} `too_many_requests`, `unavailable`
 */
export async function grantToken(auth: AuthContext, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, address } = request;
  const service = client && (await authenticateClient(auth, { ...client, address }));
  switch (form.get('grant_type')) {
    case 'password': {
      refuseService(service);
      const username = read(form, 'username');
      return signIn(auth, { username, password: read(form, 'password'), address });
    }
    case 'refresh_token':
      refuseService(service);
      return refreshSession(auth, read(form, 'refresh_token'));
    case 'client_credentials':
      if (service === undefined) {
        throw new OAuthError('invalid_client', 'a client id and a client secret are needed');
      }
      return issueServiceToken(auth, { clientId: service, scope: form.get('scope') });
    default:
      throw new OAuthError(
        'unsupported_grant_type',
        'the grant type must be password, refresh_token or client_credentials',
      );
  }
}

function read(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name);
  if (value === undefined) {
    throw new OAuthError('invalid_request', `the parameter ${name} is missing`);
  }
  return value;
}

function refuseService(service: ServiceId | undefined): void {
  if (service === undefined) return;
  throw new OAuthError('unauthorized_client', 'services use the grant type client_credentials');
}
