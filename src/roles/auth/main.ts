/**
 * The auth role: who you are. It registers people, checks passwords, signs the access tokens that
 * every other role verifies against its public keys, and keeps all of that in `auth.db`.
 *
 * Here is the wiring only. `app.ts` has the routes, `actions/` what they do, `store/` the SQL.
 */
import { randomBytes } from 'node:crypto';
import { parseNetworks } from '../../platform/http/client-address.ts';
import { personalTokenType } from '../../platform/http/exchange-token.ts';
import { Cursors } from '../../platform/http/list-page.ts';
import { TokenVerifier } from '../../platform/http/token-verifier.ts';
import { type RoleBase, type RoleParts, runRole } from '../../platform/run-role.ts';
import { exchangePersonalToken } from './actions/exchange-personal-token.ts';
import { addRoutes } from './app.ts';
import type { AuthContext } from './auth-context.ts';
import { createAuthMetrics } from './auth-metrics.ts';
import type { AuthSettings } from './auth-settings.ts';
import { builtInClients } from './builtin-clients.ts';
import { FormGuard } from './form-guard.ts';
import { HashingSlots } from './hashing-slots.ts';
import { OAuthError } from './oauth-error.ts';
import { makeDummyHash } from './password-hash.ts';
import { PendingSignIns } from './pending-sign-in.ts';
import { signedIn } from './routes/signed-in.ts';
import { type AuthStore, openAuthStore } from './store/auth-store.ts';
import { readSecret } from './store/keys.ts';
import { hasUsers } from './store/users.ts';
import { Throttle } from './throttle.ts';
import { TokenSigner } from './token-signer.ts';

export type { AuthSettings } from './auth-settings.ts';

/** Runs the auth role until a signal ends it. */
export async function runAuth(settings: AuthSettings): Promise<void> {
  await runRole('auth', settings, (base) => createAuth(settings, base));
}

/** Opens the database and makes the role's parts, without a port. */
export async function createAuth(settings: AuthSettings, base: RoleBase): Promise<RoleParts> {
  const trustedProxies = parseNetworks(settings.trustedProxies);
  const store = openAuthStore(settings.database);
  const signer = await TokenSigner.open(store);
  const hashing = new HashingSlots(settings.passwordHashParallelism);
  const verifier = new TokenVerifier({
    issuer: settings.issuer,
    audience: settings.audience,
    loadKeys: () => signer.readJwks(),
    exchange: (token) => exchange(auth, token),
  });
  const auth: AuthContext = {
    settings,
    log: base.log,
    store,
    signer,
    verifier,
    hashing,
    throttle: new Throttle(store, await openSecret(store, 'throttle')),
    cursors: new Cursors(await openSecret(store, 'cursor')),
    metrics: createAuthMetrics(base.metrics, { store, hashing }),
    trustedProxies,
    builtInClients: builtInClients(settings),
    formGuard: new FormGuard(await openSecret(store, 'form'), settings.issuer),
    pendingSignIns: new PendingSignIns(await openSecret(store, 'pending-sign-in')),
    userCodeSecret: await openSecret(store, 'user-code'),
    refreshSecret: await openSecret(store, 'refresh'),
    dummyHash: makeDummyHash(),
    signedIn: signedIn(verifier, store),
  };
  return {
    description:
      'Who you are: users, invites, sessions and the access tokens that every other service accepts.',
    routes: (app) => addRoutes(app, auth),
    checks: {
      database: async () => {
        await hasUsers(store.db);
      },
      keys: () => verifier.checkKeys(),
    },
    afterStop: [{ name: 'database', stop: store.close }],
  };
}

/** As the other roles ask for it over HTTP. */
async function exchange(auth: AuthContext, token: string): Promise<string | undefined> {
  try {
    const answer = await exchangePersonalToken(auth, { token, type: personalTokenType });
    return answer.access_token;
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}

function openSecret(store: AuthStore, name: string): Promise<Uint8Array> {
  const candidate = randomBytes(32);
  return store.write((trx) => readSecret(trx, name, candidate));
}
