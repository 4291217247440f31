import type { BeatClient } from './beat-client.ts';
import { maxPublishedTasks } from './wire.ts';

interface Held {
  controller: AbortController;
  /** When the lease lapses unless it is renewed, by `performance.now()`. */
  expires: number;
}

const retryMilliseconds = 1_000;

/**
 * Renews the leases of all running tasks in one request, three times within a lease's length, and
 * aborts the tasks whose lease is lost or could not be renewed in time.
 */
export class LeaseKeeper {
  readonly #client: BeatClient;
  readonly #contact: (reached: boolean) => void;
  readonly #held = new Map<string, Held>();
  #leaseMilliseconds = 30_000;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: BeatClient, contact: (reached: boolean) => void) {
    this.#client = client;
    this.#contact = contact;
  }

  get leases(): string[] {
    return [...this.#held.keys()];
  }

  /** @returns the signal of the task that the lease is for. */
  hold(lease: string, leaseSeconds: number): AbortSignal {
    this.#leaseMilliseconds = leaseSeconds * 1_000;
    const controller = new AbortController();
    const expires = performance.now() + this.#leaseMilliseconds;
    this.#held.set(lease, { controller, expires });
    this.#timer ??= setTimeout(() => this.#renew(), this.#leaseMilliseconds / 3);
    return controller.signal;
  }

  /** @returns when the lease lapses, or undefined when it is lost already. */
  release(lease: string): number | undefined {
    const held = this.#held.get(lease);
    this.#held.delete(lease);
    return held?.expires;
  }

  /** Aborts a task and lets go of its lease. @returns when the lease lapses. */
  abort(lease: string, why: string): number | undefined {
    const held = this.#held.get(lease);
    if (!held) return undefined;
    this.#held.delete(lease);
    held.controller.abort(new Error(why));
    return held.expires;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #renew(): Promise<void> {
    const third = Math.ceil(this.#leaseMilliseconds / 3);
    const start = performance.now();
    let next = third;
    const leases = this.leases;
    for (let from = 0; from < leases.length; from += maxPublishedTasks) {
      const batch = leases.slice(from, from + maxPublishedTasks);
      try {
        const results = await this.#client.renew(batch, third);
        this.#contact(true);
        results.forEach((result, index) => {
          const lease = batch[index] ?? '';
          const held = this.#held.get(lease);
          if (result === 'lost') this.abort(lease, 'the lease is lost');
          else if (held) held.expires = start + this.#leaseMilliseconds;
        });
      } catch {
        this.#contact(false);
        next = Math.min(retryMilliseconds, third);
      }
    }
    const now = performance.now();
    for (const [lease, { expires }] of this.#held) {
      if (expires <= now) this.abort(lease, 'the lease could not be renewed in time');
    }
    if (this.#timer === undefined) return;
    // Nothing held: the next task starts the rhythm anew.
    this.#timer = this.#held.size === 0 ? undefined : setTimeout(() => this.#renew(), next);
  }
}
