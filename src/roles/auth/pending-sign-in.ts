import { createHmac, timingSafeEqual } from 'node:crypto';
import type { UserRow } from './store/auth-store.ts';

/** How long a person may take for the second step. */
const lifeMilliseconds = 5 * 60_000;

/**
 * The first step of a sign-in, in a cookie between the two: whose password was right, and until when
 * that counts. A password that is changed meanwhile makes it worthless.
 */
export class PendingSignIns {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  seal(user: UserRow): string {
    const end = Date.now() + lifeMilliseconds;
    return `${user.id}.${end}.${this.#sign(user, end)}`;
  }

  /** The id of the user that a cookie speaks of, whether or not it is a good one. */
  userIdOf(cookie: string): string {
    return cookie.slice(0, Math.max(0, cookie.indexOf('.')));
  }

  isGood(cookie: string, user: UserRow): boolean {
    const end = Number(cookie.split('.')[1]);
    if (!(end > Date.now())) return false;
    const expected = Buffer.from(`${user.id}.${end}.${this.#sign(user, end)}`);
    const given = Buffer.from(cookie);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #sign({ id, password_hash }: UserRow, end: number): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([id, password_hash, end]))
      .digest('base64url');
  }
}
