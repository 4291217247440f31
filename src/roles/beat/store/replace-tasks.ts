import type { QueueBase } from './queue-base.ts';
import { type TaskState, taskStates } from './task-counts.ts';

/** What a publish asks for, as it is put in the place of an unfinished task with the same key. */
export interface TaskContent {
  kind: number;
  priority: number;
  /** JSON. */
  args: string;
  maxAttempts: number;
  requestId: string | null;
  /** Milliseconds since 1970. */
  runAt: number;
}

export interface Replacing {
  /** Keeps the content for the end of the task's lease; of several the last one stays. */
  keep: (seq: number, content: TaskContent) => void;
  /** The task goes on with the content; its state, its time and its attempts stay. */
  replace: (task: { seq: number; kind: number }, state: TaskState, content: TaskContent) => void;
  /** The task begins anew with the content, as if it had never been tried. */
  restart: (task: { seq: number; kind: number }, from: TaskState, content: TaskContent) => void;
}

/** What `keep()` has written. */
export function parseKept(again: string): TaskContent {
  return JSON.parse(again);
}

/** Prepares what a publish does to the task that holds its key; call within a transaction. */
export function prepareReplacing({ writer, counts, now }: QueueBase): Replacing {
  const keep = writer.prepare<[string, number]>('UPDATE tasks SET again = ? WHERE seq = ?');
  const replace = writer.prepare(`
    UPDATE tasks SET kind = ?, priority = ?, args = ?, max_attempts = max(?, attempts + 1),
                     request_id = ?, again = NULL
    WHERE seq = ?`);
  const restart = writer.prepare(`
    UPDATE tasks SET kind = ?, priority = ?, args = ?, max_attempts = ?, request_id = ?,
                     state = ?, run_at = ?, attempts = 0, lapses = 0, reason = NULL, again = NULL,
                     lease = NULL, leased_until = NULL, worker = NULL
    WHERE seq = ?`);

  return {
    keep: (seq, content) => void keep.run(JSON.stringify(content), seq),
    replace: (task, state, { kind, priority, args, maxAttempts, requestId }) => {
      replace.run(kind, priority, args, maxAttempts, requestId, task.seq);
      if (kind === task.kind) return;
      counts.move(task.kind, state, null);
      counts.move(kind, null, state);
    },
    restart: (task, from, { kind, priority, args, maxAttempts, requestId, runAt }) => {
      const time = now();
      const state = runAt > time ? 'scheduled' : 'ready';
      const values = [kind, priority, args, maxAttempts, requestId];
      restart.run(...values, taskStates[state], Math.max(runAt, time), task.seq);
      counts.move(task.kind, from, null);
      counts.move(kind, null, state);
    },
  };
}
