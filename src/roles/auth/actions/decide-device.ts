import { AppError } from '../../../platform/app-error.ts';
import type { AuthContext } from '../auth-context.ts';
import type { Client } from '../client.ts';
import type { DeviceCodeRow } from '../store/auth-store.ts';
import type { LiveBrowserSession } from '../store/browser-sessions.ts';
import { findPendingDevice, updateDeviceCode } from '../store/device-codes.ts';
import { hashUserCode, readUserCode } from '../user-code.ts';
import { findClient } from './find-client.ts';
import { recordEvent } from './record-event.ts';

/** A device that waits to be signed in. */
export interface WaitingDevice {
  row: DeviceCodeRow;
  client: Client;
  /** As it is written. */
  userCode: string;
}

/**
 * The device that shows this code; undefined when none does. Wrong codes are counted.
 *
 * @throws {AppError} `too_many_requests`
 */
export async function findWaitingDevice(
  auth: AuthContext,
  { typed, address }: { typed: string; address: string },
): Promise<WaitingDevice | undefined> {
  const { throttle, store } = auth;
  await throttle.checkAddress(address);
  const userCode = readUserCode(typed);
  if (userCode !== undefined) {
    const hash = hashUserCode(userCode, auth.userCodeSecret);
    const row = await findPendingDevice(store.db, hash, Date.now());
    const client = row && (await findClient(auth, row.client_id));
    if (client) return { row, client, userCode };
  }
  await store.write((trx) => throttle.countFailure(trx, address));
  return undefined;
}

/** Signs a device in or turns it away, once. @throws {AppError} `conflict` when that was done */
export async function decideDevice(
  auth: AuthContext,
  { row, client }: WaitingDevice,
  { user, approve }: { user: LiveBrowserSession['user']; approve: boolean },
): Promise<void> {
  await auth.store.write(async (trx) => {
    if (!(await findPendingDevice(trx, row.user_code_hash, Date.now()))) {
      throw new AppError('conflict', 'this code was decided on already, or has expired');
    }
    const status = approve ? 'approved' : 'denied';
    await updateDeviceCode(trx, row.hash, { status, user_id: user.id });
    const event = approve ? 'device_approved' : 'device_denied';
    await recordEvent(trx, { event, actor: user.id, clientId: client.id });
  });
}
