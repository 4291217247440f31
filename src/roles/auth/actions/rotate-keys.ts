import type { AuthStore } from '../store/auth-store.ts';
import { deleteReplacedKeys, insertSigningKey, listSigningKeys } from '../store/keys.ts';
import { makeSigningKey } from '../token-signer.ts';
import { recordEvent } from './record-event.ts';

/** Clocks of the machines that check tokens may be behind by so much. */
export const keyLeewayMilliseconds = 60_000;

export interface KeyRotation {
  /** Of the key that signs from now on. */
  kid: string;
  /** Ids of those that still verify. */
  verifying: string[];
  /** How many have had their time and are deleted. */
  deleted: number;
}

/**
 * Makes a new signing key. The one before verifies until the last token that it signed has expired; a
 * running auth takes the new one up by itself.
 */
export async function rotateKeys(
  store: AuthStore,
  { accessTokenSeconds }: { accessTokenSeconds: number },
): Promise<KeyRotation> {
  return store.write(async (trx) => {
    const since = Date.now() - accessTokenSeconds * 1_000 - keyLeewayMilliseconds;
    const deleted = await deleteReplacedKeys(trx, since);
    const key = makeSigningKey();
    await insertSigningKey(trx, key);
    await recordEvent(trx, { event: 'keys_rotated', subject: key.kid });
    const older = (await listSigningKeys(trx)).filter(({ kid }) => kid !== key.kid);
    return { kid: key.kid, verifying: older.map(({ kid }) => kid), deleted };
  });
}
