import { timingSafeEqual } from 'node:crypto';
import type { AuthContext } from '../auth-context.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret } from '../opaque-secret.ts';
import { findClient } from './find-client.ts';
import { recordEvent } from './record-event.ts';

export interface ClientCredentials {
  id: string;
  secret: string;
}

export interface ClientClaim {
  /** A secret, and whose it is said to be. */
  credentials: ClientCredentials | undefined;
  /** The parameter `client_id`, where no secret is given. */
  clientId: string | undefined;
  /** The client's IP address. */
  address: string;
}

/** Whose secret an unknown client's is compared with. */
const nobodysHash = new Uint8Array(32);

/**
 * The client that asks, which proves a secret when it has one; undefined when it says no id, or one
 * that is not known. A right secret is never kept waiting; wrong ones are throttled by address.
 *
 * @throws {OAuthError} `invalid_client`
 * @throws {AppError} `too_many_requests`
 */
export async function authenticateClient(
  auth: AuthContext,
  { credentials, clientId, address }: ClientClaim,
): Promise<Client | undefined> {
  if (credentials) return checkSecret(auth, credentials, address);
  const client = clientId === undefined ? undefined : await findClient(auth, clientId);
  if (client?.secretHash) throw await refuse(auth, address, 'this client has to prove its secret');
  return client;
}

async function checkSecret(
  auth: AuthContext,
  { id, secret }: ClientCredentials,
  address: string,
): Promise<Client> {
  const client = await findClient(auth, id);
  const matches = timingSafeEqual(hashSecret(secret), client?.secretHash ?? nobodysHash);
  if (client?.secretHash && matches) return client;
  throw await refuse(auth, address, 'the client id or the client secret is wrong');
}

async function refuse(auth: AuthContext, address: string, message: string): Promise<OAuthError> {
  const { metrics, throttle, store } = auth;
  metrics.failures.inc({ reason: 'invalid_client' });
  await throttle.checkAddress(address);
  await store.write(async (trx) => {
    await throttle.countFailure(trx, address);
    await recordEvent(trx, { event: 'client_refused', address });
  });
  return new OAuthError('invalid_client', message);
}
