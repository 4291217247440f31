import type { Broker } from '../../broker/broker.ts';
import type { Log } from '../../platform/log.ts';
import { failContent } from './actions/fail-content.ts';
import type { FileMetrics } from './file-metrics.ts';
import { deleteOutbox, listOutbox } from './store/outbox.ts';
import type { FileStore } from './store/schema.ts';

const batchSize = 500;
const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;

export interface PublisherOptions {
  store: FileStore;
  broker: Broker;
  metrics: FileMetrics;
  log: Log;
}

/**
 * Drains the outbox to the broker: at once when woken, again and again while the broker is away.
 * A scan leaves the outbox only after the broker has it; a crash in between publishes it twice,
 * which its key makes once.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  #wake: (() => void) | undefined;
  #woken = true;
  #stopped = false;
  #done: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#done = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    let pause = firstPauseMilliseconds;
    while (!this.#stopped) {
      this.#woken = false;
      try {
        const published = await this.#publishBatch();
        pause = firstPauseMilliseconds;
        if (published < batchSize) await this.#sleep(longestPauseMilliseconds);
      } catch (error) {
        this.#options.log.warn({ err: error }, 'the broker is away; the outbox waits');
        this.#woken = false;
        await this.#sleep(pause * (0.75 + Math.random() / 2), { ignoreWakes: true });
        pause = Math.min(pause * 2, longestPauseMilliseconds);
      }
    }
  }

  async #publishBatch(): Promise<number> {
    const { store, broker, metrics } = this.#options;
    const entries = await listOutbox(store, batchSize);
    const last = entries.at(-1);
    if (last === undefined) return 0;
    const outcomes = await broker.publish(entries.map(({ task }) => task));
    await store.write((trx) => deleteOutbox(trx, last.seq), { durable: false });
    metrics.published.inc(entries.length);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.state !== 'dead') continue;
      const { sha256, revision } = entries[index]?.task.args ?? {};
      if (typeof sha256 !== 'string' || typeof revision !== 'number') continue;
      const reason = `dead_letter: ${outcome.reason ?? 'given up'}`;
      await failContent(store, { sha256, revision, reason });
    }
    return entries.length;
  }

  async #sleep(milliseconds: number, { ignoreWakes = false } = {}): Promise<void> {
    if (this.#stopped || (this.#woken && !ignoreWakes)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        if (ignoreWakes && !this.#stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
