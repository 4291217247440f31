import { Counter, Gauge, type Registry } from '../../platform/metrics.ts';
import type { HashingSlots } from './hashing-slots.ts';
import type { AuthStore } from './store/auth-store.ts';
import { countUsers } from './store/users.ts';

export type FailureReason =
  | 'wrong_password'
  | 'wrong_second_factor'
  | 'throttled'
  | 'overloaded'
  | 'invalid_client'
  | 'invalid_refresh_token'
  | 'invalid_code'
  | 'replayed_code'
  | 'reused_refresh_token'
  | 'invalid_request';

export interface AuthMetrics {
  tokensIssued: Counter<'grant'>;
  failures: Counter<'reason'>;
}

/** The role's own metrics; the number of users and the hashing queue are read when scraped. */
export function createAuthMetrics(
  registry: Registry,
  { store, hashing }: { store: AuthStore; hashing: HashingSlots },
): AuthMetrics {
  const registers = [registry];
  new Counter({
    name: 'sensitivity_auth_password_hashes_total',
    help: 'Passwords hashed, to keep or to check them.',
    registers,
    collect() {
      this.reset();
      this.inc(hashing.hashed);
    },
  });
  new Gauge({
    name: 'sensitivity_auth_users',
    help: 'Users, disabled ones among them.',
    registers,
    async collect() {
      this.set(await countUsers(store.db));
    },
  });
  new Gauge({
    name: 'sensitivity_auth_password_hashes',
    help: 'Passwords being hashed and waiting for it.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'running' }, hashing.running);
      this.set({ state: 'waiting' }, hashing.waiting);
    },
  });
  return {
    tokensIssued: new Counter({
      name: 'sensitivity_auth_tokens_issued_total',
      help: 'Access tokens issued.',
      labelNames: ['grant'],
      registers,
    }),
    failures: new Counter({
      name: 'sensitivity_auth_failures_total',
      help: 'Attempts to sign in or to get a token that failed.',
      labelNames: ['reason'],
      registers,
    }),
  };
}
