/**
 * What an operator does to `auth.db` on the machine itself, with or without a running auth: whoever may
 * write the file needs no token.
 */
import { type KeyRotation, rotateKeys } from './actions/rotate-keys.ts';
import { openAuthStore } from './store/auth-store.ts';

/** Makes a new signing key in a database; see {@link rotateKeys}. */
export async function rotateKeysOf(
  database: string,
  options: { accessTokenSeconds: number },
): Promise<KeyRotation> {
  const store = openAuthStore(database);
  try {
    return await rotateKeys(store, options);
  } finally {
    await store.close();
  }
}
