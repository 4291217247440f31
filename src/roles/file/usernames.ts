import { z } from '@hono/zod-openapi';
import type { ServiceClient } from '../../platform/http/service-client.ts';
import type { Log } from '../../platform/log.ts';
import { findOwner, type Owner, readOwner, updateUsername } from './store/owners.ts';
import type { FileStore } from './store/schema.ts';

const UserSchema = z.object({ email: z.string() });

/** How long a first upload waits for auth to tell the user's name, in milliseconds. */
const patienceMilliseconds = 1_500;

/** Users remembered as named; beyond that they are looked up again. */
const maxNamed = 10_000;

/** How long a user's name is not asked for again after auth did not tell it, in milliseconds. */
const pauseMilliseconds = 5_000;

/**
 * User names by user id. Access tokens carry the id alone; the name is asked of auth when a user
 * is first seen and kept in `owners`. While auth is away the id stands in for it; whoever looks at
 * it later makes it be asked for again.
 */
export class Usernames {
  readonly #store: FileStore;
  readonly #client: ServiceClient;
  readonly #authUrl: string;
  readonly #log: Log;
  readonly #byOwner = new Map<number, string>();
  /** Questions under way, and those that failed until they may be asked again. */
  readonly #asked = new Map<string, { answered: Promise<void>; againAt: number }>();

  /** Subjects whose names are known, so that each upload need not look. */
  readonly #named = new Set<string>();

  constructor(store: FileStore, options: { client: ServiceClient; authUrl: string; log: Log }) {
    this.#store = store;
    this.#client = options.client;
    this.#authUrl = options.authUrl;
    this.#log = options.log;
  }

  /** Asks auth for the name of a user unless it is known; waits for it a moment, no longer. */
  async learn(subject: string): Promise<void> {
    if (this.#named.has(subject)) return;
    const owner = await findOwner(this.#store, subject);
    if (owner?.username === null) return this.#ask(owner);
    if (owner === undefined) return;
    if (this.#named.size === maxNamed) this.#named.clear();
    this.#named.add(subject);
  }

  #ask(owner: Owner): Promise<void> {
    const asked = this.#asked.get(owner.subject);
    if (asked && asked.againAt > Date.now()) return asked.answered;
    const answered = this.#fetchPatiently(owner);
    this.#asked.set(owner.subject, { answered, againAt: Date.now() + pauseMilliseconds });
    return answered;
  }

  async #fetchPatiently(owner: Owner): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patienceMilliseconds);
    await Promise.race([this.#fetch(owner), late]);
    clearTimeout(timer);
  }

  async #fetch({ owner, subject }: Owner): Promise<void> {
    try {
      const url = `${this.#authUrl}/api/auth/users/${encodeURIComponent(subject)}`;
      const answer = await this.#client.call(url, {
        method: 'GET',
        timeoutMilliseconds: patienceMilliseconds,
      });
      const { email } = UserSchema.parse(answer);
      await updateUsername(this.#store, subject, email);
      this.#byOwner.set(owner, email);
      this.#asked.delete(subject);
    } catch (error) {
      this.#log.warn({ err: error, subject }, 'the name of a user could not be read from auth');
    }
  }

  /** The name of an owner; the user id when auth has not told it yet. */
  async nameOf(owner: number): Promise<string> {
    const known = this.#byOwner.get(owner);
    if (known !== undefined) return known;
    const row = await readOwner(this.#store, owner);
    if (row.username === null) {
      void this.#ask(row);
      return row.subject;
    }
    this.#byOwner.set(owner, row.username);
    return row.username;
  }
}
