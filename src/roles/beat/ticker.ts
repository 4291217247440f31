import type { Log } from '../../platform/log.ts';

export interface TickerOptions {
  log: Log;
  now: () => number;
  /** When something is due next, in milliseconds since 1970. */
  findNextDue: () => Promise<number | undefined>;
  /** Does what is due. */
  fireDue: () => Promise<void>;
}

/** Another beat may change a schedule without this one hearing of it. */
const longestSleepMilliseconds = 1_000;

/** Decides when: sleeps until the next schedule is due, has it fired, looks again. */
export class Ticker {
  readonly #options: TickerOptions;
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Looks again at once: a schedule has changed. */
  wake(): void {
    this.#wake();
  }

  /** Stops; what is being fired is finished first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) await this.#sleep(await this.#tick());
  }

  /** @returns milliseconds until the next tick. */
  async #tick(): Promise<number> {
    const { log, now, findNextDue, fireDue } = this.#options;
    try {
      await fireDue();
      const next = (await findNextDue()) ?? Number.POSITIVE_INFINITY;
      return Math.min(Math.max(0, next - now()), longestSleepMilliseconds);
    } catch (error) {
      log.error({ err: error }, 'schedules could not be fired');
      return longestSleepMilliseconds;
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped) this.#wake();
    });
  }
}
