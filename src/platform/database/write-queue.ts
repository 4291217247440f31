import { CompiledQuery, type Kysely, type Transaction } from 'kysely';

export interface WriteOptions {
  /**
   * False: the commit does not wait for the disk, and a power cut may undo it. For what is done
   * again by itself.
   */
  durable?: boolean;
  /**
   * True: a transaction of its own, which sees committed state only. For work that does what
   * cannot be undone, such as unlinking a file.
   */
  alone?: boolean;
}

interface Entry<Schema> {
  durable: boolean;
  alone: boolean;
  work: (trx: Transaction<Schema>) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Compiled once: every unit begins and ends with them. */
const begin = CompiledQuery.raw('savepoint unit');
const release = CompiledQuery.raw('release unit');
const rollBack = CompiledQuery.raw('rollback to unit');

type Outcome = { value: unknown } | { error: unknown };

/**
 * Group commit: units of work that arrive while one transaction is on its way to the disk share
 * the next. Each has a savepoint of its own, so a failing one undoes only itself, and none is
 * answered before the commit that holds it is durable.
 */
export class WriteQueue<Schema> {
  static readonly batchSize = 128;
  readonly #db: Kysely<Schema>;
  #entries: Entry<Schema>[] = [];
  #running: Promise<void> | undefined;

  readonly #setDurable: (durable: boolean) => void;

  /** @param setDurable tells the writing connection whether the next commit waits for the disk. */
  constructor(db: Kysely<Schema>, setDurable: (durable: boolean) => void = () => {}) {
    this.#db = db;
    this.#setDurable = setDurable;
  }

  /**
   * Runs the work in a transaction and settles once it is committed. The work must do nothing
   * but queries on `trx`: whatever else it awaits keeps every other writer waiting.
   */
  write<Result>(
    work: (trx: Transaction<Schema>) => Promise<Result>,
    { durable = true, alone = false }: WriteOptions = {},
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const entry = { work, durable, alone, resolve: resolve as (value: unknown) => void, reject };
      this.#entries.push(entry);
      this.#running ??= this.#run();
    });
  }

  /** Waits until everything handed in so far is committed or refused. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#entries.length > 0) {
      // Requests that are ready by now join the batch: as long as a turn of the event loop brings more.
      for (let before = 0; before < this.#entries.length && before < WriteQueue.batchSize; ) {
        before = this.#entries.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const batch = this.#takeBatch();
      try {
        this.#setDurable(batch.some(({ durable }) => durable));
        const outcomes = await this.#commit(batch);
        batch.forEach((entry, index) => {
          const outcome = outcomes[index] as Outcome;
          if ('error' in outcome) entry.reject(outcome.error);
          else entry.resolve(outcome.value);
        });
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    // In the same turn as the check above: a unit handed in later must start a new run.
    this.#running = undefined;
  }

  #takeBatch(): Entry<Schema>[] {
    const alone = this.#entries.findIndex((entry) => entry.alone);
    const most = alone < 0 ? WriteQueue.batchSize : Math.max(alone, 1);
    return this.#entries.splice(0, Math.min(most, WriteQueue.batchSize));
  }

  #commit(batch: Entry<Schema>[]): Promise<Outcome[]> {
    return this.#db.transaction().execute(async (trx) => {
      const outcomes: Outcome[] = [];
      for (const { work } of batch) {
        await trx.executeQuery(begin);
        try {
          outcomes.push({ value: await work(trx) });
        } catch (error) {
          outcomes.push({ error });
          await rollBackUnit(trx, error);
        }
        await trx.executeQuery(release);
      }
      return outcomes;
    });
  }
}

/** @throws the unit's own error when SQLite has undone the whole transaction, as on a full disk. */
async function rollBackUnit<Schema>(trx: Transaction<Schema>, cause: unknown): Promise<void> {
  try {
    await trx.executeQuery(rollBack);
  } catch {
    throw cause;
  }
}
