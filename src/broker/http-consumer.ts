import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackOff } from './back-off.ts';
import type { BeatClient } from './beat-client.ts';
import {
  type ConsumeOptions,
  type Consumer,
  type Task,
  TaskFailure,
  type TaskHandler,
} from './broker.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { SettlementBuffer } from './settlement-buffer.ts';
import {
  maxLeasedTasks,
  maxReasonLength,
  type WireLeasedTask,
  type WireSettlement,
} from './wire.ts';

const pollWaitSeconds = 20;
const flushMilliseconds = 2_000;

/**
 * Takes tasks from beat: one request at a time asks for as many as there are free slots and
 * brings along what became of finished ones. While it waits for tasks, results go on their own.
 */
export class HttpConsumer implements Consumer {
  readonly #client: BeatClient;
  readonly #queues: string[];
  readonly #handler: TaskHandler;
  readonly #options: ConsumeOptions;
  readonly #session = randomUUID();
  readonly #keeper: LeaseKeeper;
  readonly #settlements: SettlementBuffer;
  readonly #backOff = new BackOff();
  readonly #runs = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #polling = new AbortController();
  readonly #flushing = new AbortController();
  readonly #loop: Promise<void>;
  #slotFreed: (() => void) | undefined;
  #pollWaits = false;
  /** An answer was lost on its way: beat may have handed out tasks nobody here knows of. */
  #unsure = false;
  #connected = false;
  #lastContact = 0;
  #stopped: Promise<void> | undefined;

  constructor(client: BeatClient, queues: string[], handler: TaskHandler, options: ConsumeOptions) {
    this.#client = client;
    this.#queues = queues;
    this.#handler = handler;
    this.#options = options;
    this.#keeper = new LeaseKeeper(client, (reached) => this.#contact(reached));
    this.#settlements = new SettlementBuffer(client);
    this.#loop = this.#run();
  }

  get connected(): boolean {
    return this.#connected;
  }

  get running(): number {
    return this.#runs.size;
  }

  get lastContact(): number {
    return this.#lastContact;
  }

  stop(graceMilliseconds: number): Promise<void> {
    this.#stopped ??= this.#stop(graceMilliseconds);
    return this.#stopped;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const free = this.#options.concurrency - this.#runs.size;
      if (free <= 0) {
        await new Promise<void>((resolve) => {
          this.#slotFreed = resolve;
        });
        // Whatever ends in the same moment shares the next request.
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      try {
        await this.#poll(Math.min(free, maxLeasedTasks));
        this.#backOff.reset();
      } catch {
        this.#contact(false);
        this.#unsure = true;
        await this.#backOff.wait(this.#stopping.signal);
      }
    }
  }

  async #poll(limit: number): Promise<void> {
    if (this.#unsure) {
      await this.#client.reconcile(this.#session, this.#heldLeases(), false);
      this.#unsure = false;
    }
    const settlements = this.#settlements.take();
    try {
      this.#pollWaits = settlements.length === 0;
      const { tasks, leaseSeconds } = await this.#client.lease(
        {
          worker: this.#options.worker,
          session: this.#session,
          queues: this.#queues,
          limit,
          wait_seconds: this.#pollWaits ? pollWaitSeconds : 0,
          settle: settlements.map(({ settlement }) => settlement),
        },
        this.#polling.signal,
      );
      this.#contact(true);
      this.#settlements.confirm(settlements);
      for (const task of tasks) this.#start(task, leaseSeconds);
    } catch (error) {
      this.#settlements.putBack(settlements);
      throw error;
    } finally {
      this.#pollWaits = false;
    }
  }

  #start(wire: WireLeasedTask, leaseSeconds: number): void {
    if (this.#stopping.signal.aborted) {
      const expires = performance.now() + leaseSeconds * 1_000;
      this.#settlements.add({ lease: wire.lease, outcome: 'give_back' }, expires);
      return;
    }
    const signal = this.#keeper.hold(wire.lease, leaseSeconds);
    const run = this.#handle(wire, signal).finally(() => {
      this.#runs.delete(run);
      this.#slotFreed?.();
    });
    this.#runs.add(run);
  }

  async #handle(wire: WireLeasedTask, signal: AbortSignal): Promise<void> {
    const { lease } = wire;
    let settlement: WireSettlement = { lease, outcome: 'done' };
    try {
      await this.#handler(toTask(wire), { signal });
    } catch (error) {
      settlement = { lease, ...describeFailure(error) };
    }
    const expires = this.#keeper.release(lease);
    // Without a lease the outcome is somebody else's to tell.
    if (expires === undefined) return;
    this.#settlements.add(settlement, expires);
    if (this.#pollWaits) this.#settlements.flushSoon(this.#flushing.signal);
  }

  async #stop(graceMilliseconds: number): Promise<void> {
    const end = performance.now() + graceMilliseconds;
    this.#stopping.abort();
    this.#slotFreed?.();
    await this.#leave();
    await Promise.race([this.#loop, sleep(500, undefined, { ref: false })]);
    this.#polling.abort();
    await this.#loop;
    const flushed = this.#settlements.flush(this.#flushing.signal);
    await this.#finish(end - performance.now());
    for (const lease of this.#keeper.leases) {
      const expires = this.#keeper.abort(lease, 'the consumer stops');
      if (expires !== undefined) this.#settlements.add({ lease, outcome: 'give_back' }, expires);
    }
    this.#keeper.stop();
    const overdue = setTimeout(
      () => this.#flushing.abort(),
      Math.max(flushMilliseconds, end - performance.now()),
    );
    await flushed;
    await this.#settlements.flush(this.#flushing.signal);
    clearTimeout(overdue);
    await this.#leave();
    this.#connected = false;
  }

  /** Waits until no task runs, sending results as they come. */
  async #finish(milliseconds: number): Promise<void> {
    this.#pollWaits = true;
    if (this.#runs.size === 0 || milliseconds <= 0) return;
    const done = new AbortController();
    const elapsed = sleep(milliseconds, undefined, { signal: done.signal }).catch(() => {});
    await Promise.race([elapsed, Promise.all(this.#runs)]);
    done.abort();
  }

  async #leave(): Promise<void> {
    try {
      await this.#client.reconcile(this.#session, this.#heldLeases(), true);
    } catch {
      // Beat is away: what it still counts as ours lapses.
    }
  }

  #heldLeases(): string[] {
    return [...this.#keeper.leases, ...this.#settlements.leases];
  }

  #contact(reached: boolean): void {
    this.#connected = reached;
    if (reached) this.#lastContact = Date.now();
  }
}

function toTask(wire: WireLeasedTask): Task {
  const { id, name, queue, key, args, attempt, max_attempts, request_id } = wire;
  return { id, name, queue, key, args, attempt, maxAttempts: max_attempts, requestId: request_id };
}

/** An error that is no TaskFailure is told by its name alone: its message may hold content. */
function describeFailure(error: unknown): Omit<WireSettlement, 'lease'> {
  if (!(error instanceof TaskFailure)) {
    const reason = error instanceof Error ? error.name : 'Error';
    return { outcome: 'retry', reason: reason.slice(0, maxReasonLength) };
  }
  return {
    outcome: error.retry ? 'retry' : 'dead',
    reason: error.message.slice(0, maxReasonLength),
    retry_seconds: error.retrySeconds,
  };
}
