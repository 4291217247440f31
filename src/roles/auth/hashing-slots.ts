import { AppError } from '../../platform/app-error.ts';

/**
 * Bounds how many passwords are hashed at once, and how many may wait for that: each takes 19 MiB
 * and a thread, and whoever would wait for seconds is better told to come back.
 */
export class HashingSlots {
  static readonly waitingPerSlot = 64;
  readonly #capacity: number;
  #running = 0;
  #hashed = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param capacity how many at once, at least 1. */
  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** How many were hashed since the start. */
  get hashed(): number {
    return this.#hashed;
  }

  /**
   * Runs the work once a slot is free, first come, first served.
   *
   * @throws {AppError} `unavailable` with `Retry-After` when too many wait already.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#take();
    try {
      return await work();
    } finally {
      this.#hashed += 1;
      this.#release();
    }
  }

  async #take(): Promise<void> {
    if (this.#running < this.#capacity) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#capacity * HashingSlots.waitingPerSlot) {
      throw new AppError('unavailable', 'too many passwords are waiting to be checked: try again', {
        headers: { 'Retry-After': '2' },
      });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
