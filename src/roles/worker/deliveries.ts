import { ServiceError } from '../../platform/http/service-client.ts';
import type { Log } from '../../platform/log.ts';
import type { FileClient } from './file-client.ts';
import type { Results, StoredResult } from './store/results.ts';

const mostAtOnce = 50;
const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;

interface Waiting {
  result: StoredResult;
  delivered: () => void;
}

/**
 * Brings results to the file role: those that come while a request is under way share the next.
 * While file is away it tries on; what is undelivered at a stop is delivered at the next start.
 */
export class Deliveries {
  readonly #results: Results;
  readonly #client: FileClient;
  readonly #log: Log;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(results: Results, client: FileClient, log: Log) {
    this.#results = results;
    this.#client = client;
    this.#log = log;
  }

  /** Takes up what an earlier run of this node left undelivered. */
  resume(): void {
    for (const result of this.#results.listUndelivered(10_000)) {
      this.#waiting.push({ result, delivered: () => {} });
    }
    if (this.#waiting.length > 0) this.#start();
  }

  /** Resolves once file has the result. */
  deliver(result: StoredResult): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ result, delivered: resolve });
      this.#start();
    });
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  stop(): void {
    this.#stopped = true;
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    let pause = firstPauseMilliseconds;
    while (this.#waiting.length > 0 && !this.#stopped) {
      const batch = this.#waiting.slice(0, mostAtOnce);
      try {
        await this.#client.deliver(batch.map(({ result }) => result));
      } catch (error) {
        if (error instanceof ServiceError && !error.isTemporary) {
          this.#log.error({ err: error }, 'file refuses results; they stay in the journal');
          if (batch.length > 1) await this.#deliverSingly(batch);
          this.#drop(batch);
          continue;
        }
        this.#log.warn({ err: error }, 'file is away; results wait in the journal');
        await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
        pause = Math.min(pause * 2, longestPauseMilliseconds);
        continue;
      }
      pause = firstPauseMilliseconds;
      this.#results.markDelivered(batch.map(({ result }) => result.seq));
      this.#drop(batch);
    }
  }

  /** One bad result must not keep the others from landing. */
  async #deliverSingly(batch: readonly Waiting[]): Promise<void> {
    for (const { result } of batch) {
      try {
        await this.#client.deliver([result]);
        this.#results.markDelivered([result.seq]);
      } catch (error) {
        this.#log.error({ err: error, sha256: result.sha256 }, 'file refuses a result');
      }
    }
  }

  #drop(batch: readonly Waiting[]): void {
    this.#waiting = this.#waiting.slice(batch.length);
    for (const { delivered } of batch) delivered();
  }
}
