import { AppError } from '../../../platform/app-error.ts';
import { type Principal, requireUser } from '../../../platform/http/principal.ts';

/**
 * For what a person does with their account: no service does it, nor a client that was allowed some
 * things only.
 *
 * @throws {AppError} `forbidden`
 */
export function requireOwnToken(principal: Principal): ReturnType<typeof requireUser> {
  if (principal.scopes.size > 0) {
    throw new AppError('forbidden', 'this takes a token that is not limited to scopes', {
      headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' },
    });
  }
  return requireUser(principal);
}
