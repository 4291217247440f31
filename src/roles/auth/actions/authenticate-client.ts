import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthContext } from '../auth-context.ts';
import { OAuthError } from '../oauth-error.ts';
import type { ServiceId } from '../service-scopes.ts';

export interface ClientCredentials {
  id: string;
  secret: string;
  /** The client's IP address. */
  address: string;
}

/**
 * The service whose id and secret these are. A right secret is never kept waiting; wrong ones are
 * throttled by address.
 *
 * @throws {OAuthError} `invalid_client`
 * @throws {AppError} `too_many_requests`
 */
export async function authenticateClient(
  auth: AuthContext,
  { id, secret, address }: ClientCredentials,
): Promise<ServiceId> {
  const { settings, throttle, store, metrics } = auth;
  const service = settings.services.find((candidate) => candidate.id === id);
  // Digests have one length, so that comparing tells nothing of the secret's.
  const matches = timingSafeEqual(digest(secret), digest(service?.secret ?? ''));
  if (service && service.secret !== '' && matches) return service.id;
  metrics.failures.inc({ reason: 'invalid_client' });
  await throttle.checkAddress(address);
  await store.write((trx) => throttle.countFailure(trx, address));
  throw new OAuthError('invalid_client', 'the client id or the client secret is wrong');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
