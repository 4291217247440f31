import { AppError } from '../../../platform/app-error.ts';
import type { Principal } from '../../../platform/http/principal.ts';
import type { AuthStore } from '../store/auth-store.ts';
import { findSessionRole } from '../store/sessions.ts';
import { roleWithin } from './issue-access-token.ts';

/**
 * What a good access token is worth right now: other roles trust it until it expires, this one
 * looks up whether the session is still open and which role its user has.
 *
 * @throws {AppError} `unauthenticated` when the session is over or the user disabled
 */
export async function checkSession(store: AuthStore, principal: Principal): Promise<Principal> {
  if (principal.role === undefined) return principal;
  const role = await findSessionRole(store.db, principal.sessionId ?? '', Date.now());
  if (role === undefined) {
    throw new AppError('unauthenticated', 'this session is over: sign in again', {
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    });
  }
  return { ...principal, role: roleWithin([...principal.scopes], role) };
}
