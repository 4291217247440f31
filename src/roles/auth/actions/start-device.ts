import type { AuthContext } from '../auth-context.ts';
import { chooseScopes } from '../authorization-request.ts';
import { type Client, grantTypes } from '../client.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashSecret, newSecret } from '../opaque-secret.ts';
import { insertDeviceCode } from '../store/device-codes.ts';
import { hashUserCode, newUserCode } from '../user-code.ts';

const lifeSeconds = 600;
const pollIntervalSeconds = 2;

export interface DeviceStart {
  client: Client | undefined;
  scope: string | undefined;
  /** The client's IP address. */
  address: string;
}

/** What a device shows and polls with (RFC 8628, section 3.2), but for the addresses. */
export interface StartedDevice {
  device_code: string;
  user_code: string;
  /** Seconds. */
  expires_in: number;
  /** Seconds. */
  interval: number;
}

/**
 * Begins to sign in a device without a browser.
 *
 * @throws {OAuthError} `invalid_client`, `unauthorized_client`, `invalid_scope`
 * @throws {AppError} `too_many_requests`
 */
export async function startDevice(
  auth: AuthContext,
  { client, scope, address }: DeviceStart,
): Promise<StartedDevice> {
  if (!client) throw new OAuthError('invalid_client', 'a client id that is known here is needed');
  if (!client.grants.includes(grantTypes.device)) {
    throw new OAuthError('unauthorized_client', 'this client may not use the device flow');
  }
  const scopes = chooseScopes(client, scope);
  if (!scopes) {
    throw new OAuthError('invalid_scope', 'this client does not have all of these scopes');
  }
  await auth.throttle.takeDeviceRequest(address);
  const deviceCode = newSecret();
  const userCode = newUserCode();
  await auth.store.write((trx) =>
    insertDeviceCode(trx, {
      hash: hashSecret(deviceCode),
      user_code_hash: hashUserCode(userCode, auth.userCodeSecret),
      client_id: client.id,
      scope: scopes.join(' '),
      status: 'pending',
      user_id: null,
      interval_seconds: pollIntervalSeconds,
      polled_at: 0,
      expires_at: Date.now() + lifeSeconds * 1_000,
    }),
  );
  return {
    device_code: deviceCode,
    user_code: userCode,
    expires_in: lifeSeconds,
    interval: pollIntervalSeconds,
  };
}
