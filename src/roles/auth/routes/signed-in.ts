import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../../../platform/http/create-app.ts';
import { authenticate } from '../../../platform/http/principal.ts';
import type { TokenVerifier } from '../../../platform/http/token-verifier.ts';
import { checkSession } from '../actions/check-session.ts';
import type { AuthStore } from '../store/auth-store.ts';

/** Lets only services and people with an open session pass; sets `principal` as it is now. */
export function signedIn(verifier: TokenVerifier, store: AuthStore): MiddlewareHandler<AppEnv> {
  const withGoodToken = authenticate(verifier);
  return (c, next) =>
    withGoodToken(c, async () => {
      c.set('principal', await checkSession(store, c.get('principal')));
      await next();
    });
}
