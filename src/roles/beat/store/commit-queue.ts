import type { Connection } from '../../../platform/database/open-connection.ts';

export interface CommitOptions {
  /** False: the commit does not wait for the disk; a power cut may undo it. */
  durable: boolean;
}

interface Entry {
  durable: boolean;
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export interface CommitQueueOptions {
  /** Tells the connection, for all who write on it, whether the next commit waits for the disk. */
  setDurable: (durable: boolean) => void;
  /** Runs in each transaction before the units of work. */
  prepare: () => void;
  committed: () => void;
  /** A unit failed, or the whole transaction: what it left in memory is not true. */
  undone: () => void;
}

/**
 * Group commit for prepared statements: units of work handed in during one turn of the event loop
 * share one transaction, hence one fsync, and are answered when it is committed. A failing unit
 * undoes only itself.
 */
export class CommitQueue {
  static readonly batchSize = 256;
  readonly #connection: Connection;
  readonly #options: CommitQueueOptions;
  readonly #savepoint;
  readonly #release;
  readonly #rollback;
  #entries: Entry[] = [];
  #scheduled = false;

  constructor(connection: Connection, options: CommitQueueOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#savepoint = connection.prepare('SAVEPOINT unit');
    this.#release = connection.prepare('RELEASE unit');
    this.#rollback = connection.prepare('ROLLBACK TO unit');
  }

  /** Runs the work in a transaction; settles once it is committed. */
  run<Result>(work: () => Result, { durable }: CommitOptions = { durable: true }): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#entries.push({ work, durable, resolve: resolve as (value: unknown) => void, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#commit());
  }

  #commit(): void {
    this.#scheduled = false;
    // The connection is shared: a schedule's transaction may be under way on it.
    if (this.#connection.inTransaction) {
      this.#schedule();
      return;
    }
    const batch = this.#entries.splice(0, CommitQueue.batchSize);
    if (this.#entries.length > 0) this.#schedule();
    const answers: (() => void)[] = [];
    try {
      this.#options.setDurable(batch.some(({ durable }) => durable));
      this.#connection
        .transaction(() => {
          this.#options.prepare();
          for (const entry of batch) answers.push(this.#runUnit(entry));
        })
        .immediate();
    } catch (error) {
      this.#options.undone();
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of answers) answer();
    this.#options.committed();
  }

  #runUnit({ work, resolve, reject }: Entry): () => void {
    this.#savepoint.run();
    try {
      const value = work();
      this.#release.run();
      return () => resolve(value);
    } catch (error) {
      // SQLite may have rolled everything back by itself, as it does when the disk is full.
      if (!this.#connection.inTransaction) throw error;
      this.#rollback.run();
      this.#release.run();
      this.#options.undone();
      return () => reject(error);
    }
  }
}
