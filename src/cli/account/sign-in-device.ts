import { setTimeout as wait } from 'node:timers/promises';
import { type AuthApi, type Device, RefusedError } from './auth-api.ts';
import type { Credentials } from './credentials-file.ts';

/** What a device that polls too fast waits longer, in seconds (RFC 8628, section 3.5). */
const slowDownSeconds = 5;

/** A server that is away for so many polls in a row is given up. */
const patientPolls = 5;

/**
 * Waits until the person has agreed in a browser.
 *
 * @throws {RefusedError} `access_denied`, `expired_token`
 * @throws {Error} when the server stays away.
 */
export async function signInDevice(api: AuthApi, device: Device): Promise<Credentials> {
  const end = Date.now() + device.expires_in * 1_000;
  let intervalSeconds = device.interval;
  let failures = 0;
  while (Date.now() < end) {
    await wait(intervalSeconds * 1_000);
    try {
      return await api.pollDevice(device.device_code);
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        failures += 1;
        if (failures === patientPolls) throw error;
        continue;
      }
      failures = 0;
      if (error.code === 'slow_down') intervalSeconds += slowDownSeconds;
      else if (error.code !== 'authorization_pending') throw error;
    }
  }
  throw new RefusedError('expired_token', 'nobody typed the code in time: try again');
}
