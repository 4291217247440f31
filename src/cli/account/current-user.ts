import { AuthApi, RefusedError, type User } from './auth-api.ts';
import type { Credentials, CredentialsFile } from './credentials-file.ts';

/** A token is renewed when it has less than this left. */
const leastLifeMilliseconds = 30_000;

/**
 * Who is signed in at an installation; the token is renewed where that is needed.
 *
 * @throws {Error} that says to sign in, when nobody is.
 */
export async function readCurrentUser(file: CredentialsFile, url: string): Promise<User> {
  const kept = file.find(url);
  if (!kept) throw notSignedIn(url);
  const api = new AuthApi(url);
  if (kept.accessExpiresAt - Date.now() > leastLifeMilliseconds) {
    const user = await api.findUser(kept.accessToken);
    if (user) return user;
  }
  const renewed = await renew(api, { file, url, kept });
  const user = await api.findUser(renewed.accessToken);
  if (!user) throw notSignedIn(url);
  return user;
}

async function renew(
  api: AuthApi,
  { file, url, kept }: { file: CredentialsFile; url: string; kept: Credentials },
): Promise<Credentials> {
  try {
    const renewed = await api.refresh(kept.refreshToken);
    file.save(url, renewed);
    return renewed;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'invalid_grant') throw error;
    file.remove(url);
    throw notSignedIn(url);
  }
}

function notSignedIn(url: string): Error {
  return new Error(`nobody is signed in at ${url}: sensitivity login --url ${url}`);
}
