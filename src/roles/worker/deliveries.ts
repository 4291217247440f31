import { setTimeout as sleep } from 'node:timers/promises';
import { TaskFailure } from '../../broker/broker.ts';
import { ServiceError } from '../../platform/http/service-client.ts';
import type { Log } from '../../platform/log.ts';
import type { FileClient } from './file-client.ts';
import type { Results, StoredResult } from './store/results.ts';

const mostAtOnce = 50;
const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;

interface Waiting {
  result: StoredResult;
  resolve: () => void;
  reject: (error: TaskFailure) => void;
}

/**
 * Brings results to the file role: those that come while a request is under way share the next.
 * While file is away it tries on; what is undelivered at a stop is delivered at the next start.
 */
export class Deliveries {
  readonly #results: Results;
  readonly #client: FileClient;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  readonly #closing = new AbortController();
  #waiting: Waiting[] = [];
  /** How many of the first to send one by one: file refused them together. */
  #singly = 0;
  #running: Promise<void> | undefined;

  constructor(results: Results, client: FileClient, log: Log) {
    this.#results = results;
    this.#client = client;
    this.#log = log;
  }

  /** Takes up what an earlier run of this node left undelivered. */
  resume(): void {
    for (const result of this.#results.listUndelivered(10_000)) {
      this.#waiting.push({ result, resolve: () => {}, reject: () => {} });
    }
    if (this.#waiting.length > 0) this.#start();
  }

  /**
   * Resolves once file has the result.
   *
   * @throws {TaskFailure} when file refuses it for good, or is away while this role stops.
   */
  deliver(result: StoredResult): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ result, resolve, reject });
      this.#start();
    });
  }

  /** From now on each result is tried once: what file does not take stays in the journal. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Breaks off what is under way; the journal may be closed afterwards. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.#closing.abort();
    await this.#running;
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    let pause = firstPauseMilliseconds;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#singly > 0 ? 1 : mostAtOnce);
      try {
        await this.#client.deliver(
          batch.map(({ result }) => result),
          this.#closing.signal,
        );
        this.#results.markDelivered(batch.map(({ result }) => result.seq));
        pause = firstPauseMilliseconds;
        for (const { resolve } of this.#take(batch.length)) resolve();
      } catch (error) {
        if (error instanceof ServiceError && !error.isTemporary) {
          this.#refused(batch, error);
          continue;
        }
        this.#log.warn({ err: error }, 'results cannot be delivered; they wait in the journal');
        if (this.#stopping.signal.aborted) {
          this.#putOff(error);
          continue;
        }
        await this.#pause(pause * (0.75 + Math.random() / 2));
        pause = Math.min(pause * 2, longestPauseMilliseconds);
      }
    }
    // In the same turn as the check above: a result handed in later must start a new run.
    this.#running = undefined;
  }

  /** One bad result must not keep the others from landing. */
  #refused(batch: readonly Waiting[], error: ServiceError): void {
    if (batch.length > 1) {
      this.#singly = batch.length;
      return;
    }
    for (const { result, reject } of this.#take(1)) {
      this.#log.error({ err: error, sha256: result.sha256 }, 'file refuses a result');
      const reason = `file refuses the result (${error.status})`;
      reject(new TaskFailure(reason, { retry: false, cause: error }));
    }
  }

  #putOff(cause: unknown): void {
    const reason = 'file is away; the result waits in the journal of a worker that stops';
    for (const { reject } of this.#take(this.#waiting.length)) {
      reject(new TaskFailure(reason, { retry: true, cause }));
    }
  }

  #take(count: number): Waiting[] {
    this.#singly = Math.max(0, this.#singly - count);
    return this.#waiting.splice(0, count);
  }

  async #pause(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#stopping.signal });
    } catch {
      // Stopping: one more attempt.
    }
  }
}
