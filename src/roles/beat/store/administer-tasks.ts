import { AppError } from '../../../platform/app-error.ts';
import type { QueueBase } from './queue-base.ts';
import { stateNames, taskStates } from './task-counts.ts';

export interface Administration {
  /** Makes a dead letter ready again, as if it had never been tried. */
  requeue: (id: string) => void;
  /** The same for up to a batch of a queue's dead letters. @returns how many there were. */
  requeueDead: (queue: string) => number;
  /** Removes a task that nobody works on. */
  discard: (id: string) => void;
  discardDead: (queue: string) => number;
  /** Removes up to a batch of tasks that finished before the time. @returns how many. */
  purgeFinished: (before: number) => number;
  /** Forgets workers that were last seen before the time. @returns how many. */
  purgeWorkers: (before: number) => number;
}

interface TaskHead {
  seq: number;
  kind: number;
  state: number;
}

/** Rows that one unit of work changes at most: others get their turn in between. */
export const administrationBatch = 1_000;

/** Prepares what people and the purge do to tasks; call the results within a transaction. */
export function prepareAdministration(base: QueueBase): Administration {
  const { writer, counts, now } = base;
  const findHead = writer.prepare<[string], TaskHead>(
    'SELECT seq, kind, state FROM tasks WHERE id = ?',
  );
  const findDeadKinds = writer
    .prepare<[string], number>('SELECT id FROM kinds WHERE queue = ? AND dead > 0')
    .pluck();
  const findDead = writer
    .prepare<[number, number, number], number>(
      'SELECT seq FROM tasks WHERE kind = ? AND state = ? ORDER BY seq LIMIT ?',
    )
    .pluck();
  const revive = writer.prepare<[number, number]>(`
    UPDATE tasks SET state = 0, attempts = 0, lapses = 0, run_at = ?, reason = NULL
    WHERE seq = ?`);
  const remove = writer.prepare<[number]>('DELETE FROM tasks WHERE seq = ?');
  const purge = writer
    .prepare<[number, number], number>(`
      DELETE FROM tasks WHERE seq IN
        (SELECT seq FROM tasks WHERE state = 4 AND finished_at < ? ORDER BY finished_at LIMIT ?)
      RETURNING kind`)
    .pluck();
  const purgeWorkers = writer.prepare<[number]>(`
    DELETE FROM workers WHERE last_seen < ?
      AND id NOT IN (SELECT worker FROM tasks WHERE state = 2 AND worker IS NOT NULL)`);

  function readHead(id: string): TaskHead {
    const head = findHead.get(id);
    if (!head) throw new AppError('not_found', 'there is no task with this id');
    return head;
  }

  function eachDead(queue: string, change: (seq: number, kind: number) => void): number {
    let left = administrationBatch;
    for (const kind of findDeadKinds.all(queue)) {
      const rows = findDead.all(kind, taskStates.dead, left);
      for (const seq of rows) change(seq, kind);
      left -= rows.length;
      if (left === 0) break;
    }
    counts.flush();
    return administrationBatch - left;
  }

  return {
    requeue: (id) => {
      const { seq, kind, state } = readHead(id);
      if (state !== taskStates.dead) {
        throw new AppError(
          'conflict',
          `the task is ${stateNames[state]}: only a dead letter can be queued again`,
        );
      }
      revive.run(now(), seq);
      counts.move(kind, 'dead', 'ready');
      counts.flush();
    },
    requeueDead: (queue) =>
      eachDead(queue, (seq, kind) => {
        revive.run(now(), seq);
        counts.move(kind, 'dead', 'ready');
      }),
    discard: (id) => {
      const { seq, kind, state } = readHead(id);
      if (state === taskStates.leased) {
        throw new AppError('conflict', 'a worker has the task: wait until it is settled');
      }
      remove.run(seq);
      counts.move(kind, stateNames[state] ?? null, null);
      counts.flush();
    },
    discardDead: (queue) =>
      eachDead(queue, (seq, kind) => {
        remove.run(seq);
        counts.move(kind, 'dead', null);
      }),
    purgeFinished: (before) => {
      const kinds = purge.all(before, administrationBatch);
      for (const kind of kinds) counts.move(kind, 'finished', null);
      counts.flush();
      return kinds.length;
    },
    purgeWorkers: (before) => purgeWorkers.run(before).changes,
  };
}
