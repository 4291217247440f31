import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackOff } from './back-off.ts';
import type { BeatClient } from './beat-client.ts';
import type { ConsumeOptions, Consumer, TaskHandler } from './broker.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { SettlementBuffer } from './settlement-buffer.ts';
import { TaskPace } from './task-pace.ts';
import { maxLeasedTasks, type WireLeasedTask, type WireSettlement } from './wire.ts';
import { describeFailure, toTask } from './wire-task.ts';

const pollWaitSeconds = 20;
/** Tasks leased ahead for which no slot gets free within this time go back. */
const aheadMilliseconds = 1_000;
const flushMilliseconds = 2_000;

interface ReadyTask {
  wire: WireLeasedTask;
  signal: AbortSignal;
}

/**
 * Takes tasks from beat: one request at a time asks for as many as there are free slots and
 * brings along what became of finished ones. While it waits for tasks, results go on their own.
 *
 * Tasks so short that slots would idle for the length of a request are leased ahead, as many as
 * the slots get through meanwhile; long tasks stay in the queue for whoever is free first.
 */
export class HttpConsumer implements Consumer {
  readonly #client: BeatClient;
  readonly #queues: string[];
  readonly #handler: TaskHandler;
  readonly #options: ConsumeOptions;
  readonly #session = randomUUID();
  readonly #keeper: LeaseKeeper;
  readonly #settlements: SettlementBuffer;
  readonly #pace = new TaskPace();
  readonly #backOff = new BackOff();
  readonly #runs = new Set<Promise<void>>();
  /** Leased and not started: there was no free slot. */
  #ahead: ReadyTask[] = [];
  readonly #stopping = new AbortController();
  readonly #polling = new AbortController();
  readonly #flushing = new AbortController();
  readonly #loop: Promise<void>;
  #slotFreed: (() => void) | undefined;
  /** The loop waits, so that results must go on their own. */
  #loopWaits = false;
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
      const aim = this.#pace.tasksAhead(this.#options.concurrency);
      const free = this.#options.concurrency - this.#runs.size;
      if (free <= 0 && this.#ahead.length >= aim / 2) {
        await this.#waitForSlot();
        continue;
      }
      const limit = Math.max(1, free + aim - this.#ahead.length);
      try {
        await this.#poll(Math.min(limit, maxLeasedTasks));
        this.#backOff.reset();
        await nextTurn();
      } catch {
        this.#contact(false);
        this.#unsure = true;
        await this.#backOff.wait(this.#stopping.signal);
      }
    }
  }

  async #waitForSlot(): Promise<void> {
    this.#loopWaits = true;
    if (this.#settlements.leases.length > 0) this.#settlements.flushSoon(this.#flushing.signal);
    const overdue = setTimeout(() => this.#giveBackAhead(), aheadMilliseconds);
    await new Promise<void>((resolve) => {
      this.#slotFreed = resolve;
    });
    clearTimeout(overdue);
    this.#loopWaits = false;
    await nextTurn();
  }

  async #poll(limit: number): Promise<void> {
    if (this.#unsure) {
      await this.#client.reconcile(this.#session, this.#heldLeases(), false);
      this.#unsure = false;
    }
    const settlements = this.#settlements.take();
    try {
      this.#loopWaits = settlements.length === 0;
      const start = performance.now();
      const { tasks, leaseSeconds } = await this.#client.lease(
        {
          worker: this.#options.worker,
          session: this.#session,
          queues: this.#queues,
          limit,
          // The first answer tells that beat is there: an empty queue must not hold it back.
          wait_seconds: this.#loopWaits && this.#connected ? pollWaitSeconds : 0,
          settle: settlements.map(({ settlement }) => settlement),
        },
        this.#polling.signal,
      );
      this.#contact(true);
      this.#settlements.confirm(settlements);
      if (settlements.length > 0) this.#pace.observeRequest(performance.now() - start);
      for (const task of tasks) this.#take(task, leaseSeconds);
    } catch (error) {
      this.#settlements.putBack(settlements);
      throw error;
    } finally {
      this.#loopWaits = false;
    }
  }

  #take(wire: WireLeasedTask, leaseSeconds: number): void {
    const signal = this.#keeper.hold(wire.lease, leaseSeconds);
    if (this.#stopping.signal.aborted) this.#giveBack(wire.lease);
    else if (this.#runs.size >= this.#options.concurrency) this.#ahead.push({ wire, signal });
    else this.#start({ wire, signal });
  }

  #giveBackAhead(): void {
    for (const { wire } of this.#ahead.splice(0)) this.#giveBack(wire.lease);
    this.#settlements.flushSoon(this.#flushing.signal);
  }

  #giveBack(lease: string): void {
    const expires = this.#keeper.release(lease);
    if (expires !== undefined) this.#settlements.add({ lease, outcome: 'give_back' }, expires);
  }

  #start(task: ReadyTask): void {
    const run = this.#handle(task).finally(() => {
      this.#runs.delete(run);
      const next = this.#ahead.shift();
      if (next) this.#start(next);
      this.#slotFreed?.();
    });
    this.#runs.add(run);
  }

  async #handle({ wire, signal }: ReadyTask): Promise<void> {
    if (signal.aborted) return;
    const { lease } = wire;
    const start = performance.now();
    let settlement: WireSettlement = { lease, outcome: 'done' };
    try {
      await this.#handler(toTask(wire), { signal });
    } catch (error) {
      settlement = { lease, ...describeFailure(error) };
    }
    this.#pace.observeTask(performance.now() - start);
    const expires = this.#keeper.release(lease);
    // Without a lease the outcome is somebody else's to tell.
    if (expires === undefined) return;
    this.#settlements.add(settlement, expires);
    if (this.#loopWaits) this.#settlements.flushSoon(this.#flushing.signal);
  }

  async #stop(graceMilliseconds: number): Promise<void> {
    const end = performance.now() + graceMilliseconds;
    this.#stopping.abort();
    this.#slotFreed?.();
    this.#giveBackAhead();
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
    this.#loopWaits = true;
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

/** Whatever ends in the same moment shares the next request. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
