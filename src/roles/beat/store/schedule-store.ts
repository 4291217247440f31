import { sql, type Transaction } from 'kysely';
import type { BeatSchema, RunOutcome, ScheduleRow } from './beat-schema.ts';
import type { BeatDatabase } from './open-beat-database.ts';
import { stateNames, type TaskState, taskStates } from './task-counts.ts';

export type BeatTransaction = Transaction<BeatSchema>;

export interface ScheduleRun {
  tickAt: number;
  startedAt: number;
  outcome: RunOutcome;
  taskId: string | null;
  /** The task's; null once it is purged. */
  state: TaskState | null;
}

/** Runs that are remembered of each schedule. */
export const keptRuns = 100;

/** Schedules and their runs. */
export class ScheduleStore {
  readonly #database: BeatDatabase;

  constructor(database: BeatDatabase) {
    this.#database = database;
  }

  /** Runs the work in a transaction of the connection that the queue writes on. */
  write<Result>(work: (trx: BeatTransaction) => Promise<Result>): Promise<Result> {
    return this.#database.schedules.write(work);
  }

  find(name: string): Promise<ScheduleRow | undefined> {
    return this.#database.db
      .selectFrom('schedules')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
  }

  list(limit: number, afterName = ''): Promise<ScheduleRow[]> {
    return this.#database.db
      .selectFrom('schedules')
      .selectAll()
      .where('name', '>', afterName)
      .orderBy('name')
      .limit(limit)
      .execute();
  }

  async listRuns(schedule: string): Promise<ScheduleRun[]> {
    const rows = await this.#database.db
      .selectFrom('schedule_runs')
      .leftJoin('tasks', 'tasks.id', 'schedule_runs.task_id')
      .select(['tick_at', 'started_at', 'outcome', 'task_id', 'tasks.state'])
      .where('schedule', '=', schedule)
      .orderBy('schedule_runs.id', 'desc')
      .limit(keptRuns)
      .execute();
    return rows.map((row) => ({
      tickAt: row.tick_at,
      startedAt: row.started_at,
      outcome: row.outcome,
      taskId: row.task_id,
      state: row.state === null ? null : (stateNames[row.state] ?? null),
    }));
  }

  /** When the next schedule is due, in milliseconds since 1970. */
  async findNextDue(): Promise<number | undefined> {
    const row = await this.#database.db
      .selectFrom('schedules')
      .select('fire_at')
      .where('paused', '=', 0)
      .orderBy('fire_at')
      .limit(1)
      .executeTakeFirst();
    return row?.fire_at;
  }

  async listDue(now: number): Promise<string[]> {
    const rows = await this.#database.db
      .selectFrom('schedules')
      .select('name')
      .where('paused', '=', 0)
      .where('fire_at', '<=', now)
      .orderBy('fire_at')
      .execute();
    return rows.map(({ name }) => name);
  }

  findWithin(trx: BeatTransaction, name: string): Promise<ScheduleRow | undefined> {
    return trx.selectFrom('schedules').selectAll().where('name', '=', name).executeTakeFirst();
  }

  /** @returns whether the name was free. */
  async insert(trx: BeatTransaction, row: ScheduleRow): Promise<boolean> {
    const result = await trx
      .insertInto('schedules')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async update(trx: BeatTransaction, name: string, change: Partial<ScheduleRow>): Promise<void> {
    await trx.updateTable('schedules').set(change).where('name', '=', name).execute();
  }

  async remove(trx: BeatTransaction, name: string): Promise<void> {
    await trx.deleteFrom('schedules').where('name', '=', name).execute();
  }

  async isUnfinished(trx: BeatTransaction, taskId: string): Promise<boolean> {
    const task = await trx
      .selectFrom('tasks')
      .select('state')
      .where('id', '=', taskId)
      .executeTakeFirst();
    return task !== undefined && task.state < taskStates.dead;
  }

  async insertRun(
    trx: BeatTransaction,
    schedule: string,
    run: Omit<ScheduleRun, 'state'>,
  ): Promise<void> {
    await trx
      .insertInto('schedule_runs')
      .values({
        schedule,
        tick_at: run.tickAt,
        started_at: run.startedAt,
        outcome: run.outcome,
        task_id: run.taskId,
      })
      .execute();
    await sql`
      delete from schedule_runs where schedule = ${schedule} and id <=
        (select id from schedule_runs where schedule = ${schedule}
         order by id desc limit 1 offset ${keptRuns})`.execute(trx);
  }
}
