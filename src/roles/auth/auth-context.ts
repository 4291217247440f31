import type { BlockList } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../../platform/http/create-app.ts';
import type { Cursors } from '../../platform/http/list-page.ts';
import type { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { Log } from '../../platform/log.ts';
import type { AuthMetrics } from './auth-metrics.ts';
import type { AuthSettings } from './auth-settings.ts';
import type { Client } from './client.ts';
import type { FormGuard } from './form-guard.ts';
import type { HashingSlots } from './hashing-slots.ts';
import type { PendingSignIns } from './pending-sign-in.ts';
import type { AuthStore } from './store/auth-store.ts';
import type { Throttle } from './throttle.ts';
import type { TokenSigner } from './token-signer.ts';

/** Everything routes and actions work with. */
export interface AuthContext {
  settings: AuthSettings;
  log: Log;
  store: AuthStore;
  signer: TokenSigner;
  verifier: TokenVerifier;
  hashing: HashingSlots;
  throttle: Throttle;
  cursors: Cursors;
  metrics: AuthMetrics;
  trustedProxies: BlockList;
  /** By id; the others are in the database. */
  builtInClients: ReadonlyMap<string, Client>;
  formGuard: FormGuard;
  pendingSignIns: PendingSignIns;
  /** The codes that people type are kept hashed with it. */
  userCodeSecret: Uint8Array;
  /** Refresh tokens are derived with it. */
  refreshSecret: Uint8Array;
  /** Checked instead of a user's hash where there is no such user. */
  dummyHash: string;
  /** Lets only requests with a valid token of a live session or a service pass. */
  signedIn: MiddlewareHandler<AppEnv>;
}
