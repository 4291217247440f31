/**
 * Fetches the public keys of the auth service (RFC 7517); made for a {@link TokenVerifier}.
 *
 * @param authUrl where auth is, without a path, e.g. `http://localhost:8000`
 * @throws {Error} when auth does not answer with success within five seconds.
 */
export async function loadJwks(authUrl: string): Promise<unknown> {
  const response = await fetch(`${authUrl}/api/auth/jwks.json`, {
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`auth answered ${response.status} to the request for its keys`);
  }
  return response.json();
}
