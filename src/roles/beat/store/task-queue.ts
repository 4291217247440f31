import type { PublishOutcome } from '../../../broker/broker.ts';
import type { SettleResult, WireLeasedTask, WireSettlement } from '../../../broker/wire.ts';
import {
  type Administration,
  administrationBatch,
  prepareAdministration,
} from './administer-tasks.ts';
import { CommitQueue } from './commit-queue.ts';
import { type Inspection, prepareInspection } from './inspect-tasks.ts';
import { type LeaseRequest, prepareLease } from './lease-tasks.ts';
import type { BeatDatabase } from './open-beat-database.ts';
import { preparePublish, type TaskToPublish } from './publish-tasks.ts';
import type { QueueBase } from './queue-base.ts';
import { prepareSettling, type Settling } from './settle-tasks.ts';
import { prepareSweep } from './sweep-tasks.ts';
import { type QueueEvents, TaskCounts } from './task-counts.ts';

export interface TaskQueueOptions {
  leaseSeconds: number;
  /** How often a task's worker may vanish before the task is a dead letter. */
  maxLeaseLosses: number;
  now?: () => number;
  random?: () => number;
}

export interface LeaseAnswer {
  settled: SettleResult[];
  tasks: WireLeasedTask[];
}

/**
 * Leases and settlements: a power cut that takes one back leaves the task to be run again, which
 * at-least-once allows, so their commits do not wait for the disk.
 */
const forgettable = { durable: false };

/**
 * The embedded task queue: everything it knows is in SQLite, so that several processes may work
 * on one database. What it promises is the contract of `src/broker/broker.ts`; each promise is
 * durable when the method's promise resolves.
 */
export class TaskQueue {
  readonly inspect: Inspection;
  readonly leaseSeconds: number;
  readonly #now: () => number;
  readonly #counts: TaskCounts;
  readonly #commits: CommitQueue;
  readonly #publish: (tasks: TaskToPublish[]) => PublishOutcome[];
  readonly #lease: (request: LeaseRequest) => WireLeasedTask[];
  readonly #settling: Settling;
  readonly #administration: Administration;
  readonly #listeners: ((events: QueueEvents) => void)[] = [];

  constructor({ writer, reader, setDurable }: BeatDatabase, options: TaskQueueOptions) {
    const { leaseSeconds, maxLeaseLosses, now = Date.now, random = Math.random } = options;
    this.#now = now;
    this.leaseSeconds = leaseSeconds;
    this.#counts = new TaskCounts(writer);
    const base: QueueBase = {
      writer,
      reader,
      counts: this.#counts,
      now,
      random,
      leaseMilliseconds: Math.round(leaseSeconds * 1_000),
      maxLeaseLosses,
    };
    this.inspect = prepareInspection(base);
    this.#publish = preparePublish(base);
    this.#lease = prepareLease(base);
    this.#settling = prepareSettling(base);
    this.#administration = prepareAdministration(base);
    this.#commits = new CommitQueue(writer, {
      setDurable,
      prepare: prepareSweep(base),
      committed: () => this.announce(),
      undone: () => this.#counts.forget(),
    });
  }

  /** Calls back after each commit that changed something. */
  onChange(listener: (events: QueueEvents) => void): void {
    this.#listeners.push(listener);
  }

  publish(tasks: TaskToPublish[]): Promise<PublishOutcome[]> {
    return this.#commits.run(() => this.#publish(tasks));
  }

  /**
   * Publishes within a transaction that is open on the database's writing connection; call
   * `announce()` after its commit, `forget()` after its rollback.
   */
  publishWithin(tasks: TaskToPublish[]): PublishOutcome[] {
    return this.#publish(tasks);
  }

  forget(): void {
    this.#counts.forget();
  }

  /** Tells the listeners what the last commit changed. */
  announce(): void {
    const events = this.#counts.takeEvents();
    const { published, settled, readied, lapsed } = events;
    if (published.size + settled.size + readied.size + lapsed === 0) return;
    for (const listener of this.#listeners) listener(events);
  }

  /** Settles, then leases, in one transaction; nothing is leased once the signal is aborted. */
  lease(
    request: LeaseRequest,
    options: { settle?: WireSettlement[]; signal?: AbortSignal } = {},
  ): Promise<LeaseAnswer> {
    return this.#commits.run(
      () => ({
        settled: this.#settling.settle(options.settle ?? []),
        tasks: options.signal?.aborted ? [] : this.#lease(request),
      }),
      forgettable,
    );
  }

  settle(settlements: WireSettlement[]): Promise<SettleResult[]> {
    return this.#commits.run(() => this.#settling.settle(settlements), forgettable);
  }

  renew(leases: string[]): Promise<SettleResult[]> {
    return this.#commits.run(() => this.#settling.renew(leases), forgettable);
  }

  /** Gives back what the session has leased and does not hold. @returns how many tasks. */
  reconcile(session: string, held: string[], leaving: boolean): Promise<number> {
    return this.#commits.run(() => this.#settling.reconcile(session, held, leaving), forgettable);
  }

  /** Makes due tasks ready and lets overdue leases lapse, as every other method does first. */
  sweep(): Promise<void> {
    return this.#commits.run(() => {});
  }

  requeue(id: string): Promise<void> {
    return this.#commits.run(() => this.#administration.requeue(id));
  }

  discard(id: string): Promise<void> {
    return this.#commits.run(() => this.#administration.discard(id));
  }

  requeueDead(queue: string): Promise<number> {
    return this.#inBatches(() => this.#administration.requeueDead(queue));
  }

  discardDead(queue: string): Promise<number> {
    return this.#inBatches(() => this.#administration.discardDead(queue));
  }

  /** Removes tasks that finished longer ago than the age, and workers not seen since. */
  async purge(ageSeconds: number): Promise<{ tasks: number; workers: number }> {
    const before = this.#now() - ageSeconds * 1_000;
    const tasks = await this.#inBatches(() => this.#administration.purgeFinished(before));
    const workers = await this.#commits.run(() => this.#administration.purgeWorkers(before));
    return { tasks, workers };
  }

  async #inBatches(change: () => number): Promise<number> {
    let total = 0;
    for (;;) {
      const changed = await this.#commits.run(change);
      total += changed;
      if (changed < administrationBatch) return total;
    }
  }
}
