import type { QueueStats } from '../../../broker/broker.ts';
import type { QueueBase } from './queue-base.ts';
import { type KindCounts, stateNames, type TaskState, taskStates } from './task-counts.ts';

export interface TaskFilter {
  queue?: string | undefined;
  state?: TaskState | undefined;
  name?: string | undefined;
}

export interface TaskDetails {
  seq: number;
  id: string;
  name: string;
  queue: string;
  state: TaskState;
  priority: number;
  key: string | null;
  args: Record<string, string | number | boolean | null>;
  attempts: number;
  maxAttempts: number;
  lapses: number;
  reason: string | null;
  requestId: string | null;
  worker: string | null;
  createdAt: number;
  runAt: number;
  leasedUntil: number | null;
  finishedAt: number | null;
}

export interface WorkerDetails {
  name: string;
  since: number;
  lastSeen: number;
  running: number;
}

export interface Inspection {
  stats: () => QueueStats[];
  find: (id: string) => TaskDetails | undefined;
  /** Newest first; `before` is the `seq` of the last one of the page before. */
  list: (filter: TaskFilter, options: { limit: number; before?: number }) => TaskDetails[];
  workers: (seenSince: number) => WorkerDetails[];
  /** Queues with tasks that can be handed out. */
  readyQueues: () => string[];
  /** Whether a delay has passed or a lease has lapsed and the sweep has not been there yet. */
  hasDue: () => boolean;
}

interface TaskRow {
  seq: number;
  id: string;
  name: string;
  queue: string;
  state: number;
  priority: number;
  key: string | null;
  args: string;
  attempts: number;
  max_attempts: number;
  lapses: number;
  reason: string | null;
  request_id: string | null;
  worker: string | null;
  created_at: number;
  run_at: number;
  leased_until: number | null;
  finished_at: number | null;
}

const columns = `tasks.seq, tasks.id, kinds.name, kinds.queue, state, priority, key, args, attempts,
  max_attempts, lapses, reason, request_id, workers.name AS worker, created_at, run_at,
  leased_until, finished_at
  FROM tasks JOIN kinds ON kinds.id = tasks.kind LEFT JOIN workers ON workers.id = tasks.worker`;

/** Prepares the questions about the queue; they read on a connection of their own. */
export function prepareInspection({ reader, now }: QueueBase): Inspection {
  const allKinds = reader.prepare<[], KindCounts>('SELECT * FROM kinds ORDER BY queue, name');
  const oldestReady = reader
    .prepare<[number, number], number>(`
      SELECT run_at FROM tasks INDEXED BY tasks_ready
      WHERE kind = ? AND state = 0 AND priority = ? ORDER BY run_at LIMIT 1`)
    .pluck();
  const findTask = reader.prepare<[string], TaskRow>(`SELECT ${columns} WHERE tasks.id = ?`);
  const listOfKind = reader
    .prepare<[number, number, number, number], number>(`
      SELECT seq FROM tasks INDEXED BY tasks_listed
      WHERE kind = ? AND state = ? AND seq < ? ORDER BY seq DESC LIMIT ?`)
    .pluck();
  const readTasks = reader.prepare<[string], TaskRow>(`
    SELECT ${columns} WHERE tasks.seq IN (SELECT value FROM json_each(?))
    ORDER BY tasks.seq DESC`);
  const listWorkers = reader.prepare<[number], WorkerDetails>(`
    SELECT name, since, last_seen AS lastSeen, coalesce(running, 0) AS running
    FROM workers LEFT JOIN
      (SELECT worker, count(*) AS running FROM tasks INDEXED BY tasks_leased
       WHERE state = 2 GROUP BY worker) ON worker = workers.id
    WHERE last_seen >= ? OR running > 0 ORDER BY name, since`);
  const readyQueues = reader
    .prepare<[], string>('SELECT DISTINCT queue FROM kinds WHERE ready > 0')
    .pluck();
  const due = reader
    .prepare<{ now: number }, number>(`
      SELECT EXISTS (SELECT 1 FROM tasks WHERE state = 1 AND run_at <= @now)
          OR EXISTS (SELECT 1 FROM tasks WHERE state = 2 AND leased_until <= @now)`)
    .pluck();

  function oldestReadySeconds(kinds: KindCounts[], time: number): number {
    let oldest = time;
    for (const { id, ready } of kinds) {
      for (let priority = 0; ready > 0 && priority <= 9; priority += 1) {
        oldest = Math.min(oldest, oldestReady.get(id, priority) ?? time);
      }
    }
    return (time - oldest) / 1_000;
  }

  return {
    stats: () => {
      const time = now();
      const byQueue = Map.groupBy(allKinds.all(), ({ queue }) => queue);
      return [...byQueue].map(([queue, kinds]) => {
        const sums = { ready: 0, scheduled: 0, leased: 0, dead: 0, finished: 0 };
        for (const kind of kinds) for (const state of stateNames) sums[state] += kind[state];
        return { queue, ...sums, oldestReadySeconds: oldestReadySeconds(kinds, time) };
      });
    },
    find: (id) => {
      const row = findTask.get(id);
      return row && toDetails(row);
    },
    list: (filter, { limit, before = Number.MAX_SAFE_INTEGER }) => {
      const kinds = allKinds
        .all()
        .filter(({ queue }) => filter.queue === undefined || queue === filter.queue)
        .filter(({ name }) => filter.name === undefined || name === filter.name);
      const states = filter.state === undefined ? stateNames : [filter.state];
      const rows = kinds
        .flatMap((kind) =>
          states
            .filter((state) => kind[state] > 0)
            .flatMap((state) => listOfKind.all(kind.id, taskStates[state], before, limit)),
        )
        .sort((a, b) => b - a)
        .slice(0, limit);
      return readTasks.all(JSON.stringify(rows)).map(toDetails);
    },
    workers: (seenSince) => listWorkers.all(seenSince),
    readyQueues: () => readyQueues.all(),
    hasDue: () => due.get({ now: now() }) === 1,
  };
}

function toDetails(row: TaskRow): TaskDetails {
  return {
    seq: row.seq,
    id: row.id,
    name: row.name,
    queue: row.queue,
    state: stateNames[row.state] ?? 'dead',
    priority: row.priority,
    key: row.key,
    args: JSON.parse(row.args),
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    lapses: row.lapses,
    reason: row.reason,
    requestId: row.request_id,
    worker: row.worker,
    createdAt: row.created_at,
    runAt: row.run_at,
    leasedUntil: row.leased_until,
    finishedAt: row.finished_at,
  };
}
