import type { AuthContext } from '../auth-context.ts';
import { defaultClientId } from '../builtin-clients.ts';
import { type Client, type GrantType, grantTypes } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { authenticateClient, type ClientCredentials } from './authenticate-client.ts';
import { exchangePersonalToken } from './exchange-personal-token.ts';
import type { TokenAnswer } from './issue-access-token.ts';
import { issueServiceToken } from './issue-service-token.ts';
import { pollDevice } from './poll-device.ts';
import { redeemCode } from './redeem-code.ts';
import { refreshSession } from './refresh-session.ts';
import { signIn } from './sign-in.ts';

export interface TokenRequest {
  /** Parameters of the request; none is empty. */
  form: ReadonlyMap<string, string>;
  credentials: ClientCredentials | undefined;
  /** The client's IP address. */
  address: string;
}

/**
 * Answers a token request by its grant (RFC 6749, section 4; RFC 8628, section 3.4).
 *
 * @throws {OAuthError} when it is refused
 * @throws {AppError} `too_many_requests`, `unavailable`
 */
export async function grantToken(auth: AuthContext, request: TokenRequest): Promise<TokenAnswer> {
  const { form, credentials, address } = request;
  const clientId = form.get('client_id');
  const client = await authenticateClient(auth, { credentials, clientId, address });
  const grant = readGrant(form.get('grant_type'));
  switch (grant) {
    case grantTypes.password: {
      // The first version took any client id here, and none.
      requireGrant(client ?? auth.builtInClients.get(defaultClientId), grant);
      const username = read(form, 'username');
      return signIn(auth, { username, password: read(form, 'password'), address });
    }
    case grantTypes.refresh: {
      const { id } = requireGrant(client ?? auth.builtInClients.get(defaultClientId), grant);
      return refreshSession(auth, { token: read(form, 'refresh_token'), clientId: id, address });
    }
    case grantTypes.clientCredentials: {
      const { secretHash } = client ?? {};
      if (secretHash === undefined) {
        throw new OAuthError('invalid_client', 'a client id and a client secret are needed');
      }
      const scope = form.get('scope');
      return issueServiceToken(auth, { client: requireGrant(client, grant), scope, address });
    }
    case grantTypes.code:
      return redeemCode(auth, {
        client: requireGrant(client, grant),
        code: read(form, 'code'),
        redirectUri: read(form, 'redirect_uri'),
        codeVerifier: read(form, 'code_verifier'),
        address,
      });
    case grantTypes.exchange:
      return exchangePersonalToken(auth, {
        token: read(form, 'subject_token'),
        type: read(form, 'subject_token_type'),
      });
    case grantTypes.device: {
      const { id } = requireGrant(client, grant);
      return pollDevice(auth, { clientId: id, deviceCode: read(form, 'device_code'), address });
    }
  }
}

function readGrant(grant: string | undefined): GrantType {
  const found = Object.values(grantTypes).find((one) => one === grant);
  if (found) return found;
  throw new OAuthError(
    'unsupported_grant_type',
    `the grant type must be one of ${Object.values(grantTypes).join(', ')}`,
  );
}

function read(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name);
  if (value === undefined) {
    throw new OAuthError('invalid_request', `the parameter ${name} is missing`);
  }
  return value;
}

/** @throws {OAuthError} `invalid_client` without a client, `unauthorized_client` without the grant */
function requireGrant(client: Client | undefined, grant: GrantType): Client {
  if (!client) throw new OAuthError('invalid_client', 'a client id that is known here is needed');
  if (client.grants.includes(grant)) return client;
  throw new OAuthError('unauthorized_client', `this client may not use the grant type ${grant}`);
}
