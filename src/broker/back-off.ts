import { setTimeout as sleep } from 'node:timers/promises';

const firstMilliseconds = 200;
const longestMilliseconds = 5_000;

/** Waiting between attempts to reach a service that is away: 0.2 s doubling to 5 s, with jitter. */
export class BackOff {
  #failures = 0;

  reset(): void {
    this.#failures = 0;
  }

  /** Waits its time, or until the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    const full = Math.min(firstMilliseconds * 2 ** this.#failures, longestMilliseconds);
    this.#failures = Math.min(this.#failures + 1, 10);
    try {
      await sleep(full * (0.5 + Math.random() / 2), undefined, { signal });
    } catch {
      // Aborted: the caller sees it by the signal.
    }
  }
}
