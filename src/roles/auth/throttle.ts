import { createHmac } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';
import { AppError } from '../../platform/app-error.ts';
import type { AuthStore, AuthTransaction } from './store/auth-store.ts';
import { deleteThrottle, findThrottle, saveThrottle } from './store/throttles.ts';

/** Failures in a row that cost nothing; each further one doubles the wait, up to the longest. */
export const accountLimits = {
  freeFailures: 4,
  longestWaitSeconds: 900,
  forgottenAfterSeconds: 86_400,
  knownAddressSeconds: 30 * 86_400,
} as const;

/** A bucket that holds `capacity` and drains in `drainSeconds`. */
interface Bucket {
  capacity: number;
  drainSeconds: number;
}

export const addressFailures: Bucket = { capacity: 30, drainSeconds: 60 };
export const addressRegistrations: Bucket = { capacity: 20, drainSeconds: 3_600 };
/** Of this very machine: a proxy that is not trusted, a script, a test. */
export const loopbackRegistrations: Bucket = { capacity: 100, drainSeconds: 60 };

export const addressDeviceRequests: Bucket = { capacity: 30, drainSeconds: 60 };

export interface SignInAttempt {
  /** Normalised; there may be no such user. */
  email: string;
  /** The client's IP address. */
  address: string;
}

/**
 * Slows down guessing, by account and by address, in the database: a restart forgives nothing.
 *
 * An address from which the account was signed in to lately has a counter of its own, so that
 * strangers who guess cannot keep the owner out. Nothing here depends on whether there is such an
 * account, and the table holds keyed hashes only.
 */
export class Throttle {
  readonly #store: AuthStore;
  readonly #secret: Uint8Array;

  constructor(store: AuthStore, secret: Uint8Array) {
    this.#store = store;
    this.#secret = secret;
  }

  /** @throws {AppError} `too_many_requests` with `Retry-After` while an attempt has to wait. */
  async checkSignIn(attempt: SignInAttempt, db: AuthReader = this.#store.db): Promise<void> {
    const now = Date.now();
    const row = await findThrottle(db, await this.#accountKey(db, attempt), now);
    if (row && row.blocked_until > now) throw tooMany((row.blocked_until - now) / 1_000);
    await this.checkAddress(attempt.address, db);
  }

  /** @throws {AppError} `too_many_requests` after too many failures of this address. */
  async checkAddress(address: string, db: AuthReader = this.#store.db): Promise<void> {
    const { waitSeconds } = await this.#readBucket(
      this.#key('failures', networkOf(address)),
      addressFailures,
      db,
    );
    if (waitSeconds > 0) throw tooMany(waitSeconds);
  }

  async countFailedSignIn(trx: AuthTransaction, attempt: SignInAttempt): Promise<void> {
    const now = Date.now();
    const key = await this.#accountKey(trx, attempt);
    const failures = ((await findThrottle(trx, key, now))?.level ?? 0) + 1;
    const waitSeconds =
      failures <= accountLimits.freeFailures
        ? 0
        : Math.min(
            2 ** (failures - accountLimits.freeFailures - 1),
            accountLimits.longestWaitSeconds,
          );
    await saveThrottle(trx, {
      key,
      level: failures,
      updated_at: now,
      blocked_until: now + waitSeconds * 1_000,
      stale_at: now + accountLimits.forgottenAfterSeconds * 1_000,
    });
    await this.countFailure(trx, attempt.address);
  }

  /** Counts against the address alone, as where no account is tried. */
  async countFailure(trx: AuthTransaction, address: string): Promise<void> {
    await this.#fill(trx, this.#key('failures', networkOf(address)), addressFailures);
  }

  /** Forgets the account's failures and remembers the address as one of its owner's. */
  async forgive(trx: AuthTransaction, attempt: SignInAttempt): Promise<void> {
    const now = Date.now();
    const keys = this.#signInKeys(attempt);
    await deleteThrottle(trx, keys.account);
    await deleteThrottle(trx, keys.pair);
    await saveThrottle(trx, {
      key: keys.known,
      level: 0,
      updated_at: now,
      blocked_until: 0,
      stale_at: now + accountLimits.knownAddressSeconds * 1_000,
    });
  }

  /** Counts a registration. @throws {AppError} `too_many_requests` with `Retry-After` */
  async takeRegistration(address: string): Promise<void> {
    const network = networkOf(address);
    const bucket = isLoopback(network) ? loopbackRegistrations : addressRegistrations;
    await this.#take(this.#key('registrations', network), bucket);
  }

  /** Counts a device that asks to be signed in. @throws {AppError} `too_many_requests` */
  async takeDeviceRequest(address: string): Promise<void> {
    await this.#take(this.#key('devices', networkOf(address)), addressDeviceRequests);
  }

  async #take(key: Uint8Array, bucket: Bucket): Promise<void> {
    await this.#store.write(async (trx) => {
      const { waitSeconds } = await this.#readBucket(key, bucket, trx);
      if (waitSeconds > 0) throw tooMany(waitSeconds);
      await this.#fill(trx, key, bucket);
    });
  }

  async #readBucket(key: Uint8Array, bucket: Bucket, db: AuthReader = this.#store.db) {
    const now = Date.now();
    const row = await findThrottle(db, key, now);
    const perMillisecond = bucket.capacity / (bucket.drainSeconds * 1_000);
    const level = row ? Math.max(0, row.level - (now - row.updated_at) * perMillisecond) : 0;
    const over = level + 1 - bucket.capacity;
    return { level, waitSeconds: over > 0 ? over / perMillisecond / 1_000 : 0 };
  }

  async #fill(trx: AuthTransaction, key: Uint8Array, bucket: Bucket): Promise<void> {
    const now = Date.now();
    const { level } = await this.#readBucket(key, bucket, trx);
    await saveThrottle(trx, {
      key,
      level: Math.min(level + 1, bucket.capacity),
      updated_at: now,
      blocked_until: 0,
      stale_at: now + bucket.drainSeconds * 1_000,
    });
  }

  async #accountKey(db: AuthReader, attempt: SignInAttempt): Promise<Uint8Array> {
    const keys = this.#signInKeys(attempt);
    return (await findThrottle(db, keys.known, Date.now())) ? keys.pair : keys.account;
  }

  #signInKeys({ email, address }: SignInAttempt) {
    const network = networkOf(address);
    return {
      account: this.#key('account', email),
      pair: this.#key('pair', email, network),
      known: this.#key('known', email, network),
    };
  }

  #key(...parts: string[]): Uint8Array {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify(parts))
      .digest()
      .subarray(0, 16);
  }
}

type AuthReader = Parameters<typeof findThrottle>[0];

/** An IPv4 address, or the /64 of an IPv6 address: all of that usually is one customer's. */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return plain;
  const { address: compressed } = new SocketAddress({ address: plain, family: 'ipv6' });
  const [head = '', tail] = compressed.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  while (tail !== undefined && groups.length + after.length < 8) groups.push('0');
  const four = [...groups, ...after].slice(0, 4);
  return plain === '::1'
    ? plain
    : `${four.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function isLoopback(network: string): boolean {
  return network === '::1' || network.startsWith('127.');
}

function tooMany(seconds: number): AppError {
  const wait = Math.ceil(seconds);
  return new AppError('too_many_requests', `too many attempts: try again in ${wait} s`, {
    headers: { 'Retry-After': String(wait) },
  });
}
