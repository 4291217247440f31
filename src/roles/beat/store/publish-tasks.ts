import type { PublishOutcome, TaskArgs } from '../../../broker/broker.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { QueueBase } from './queue-base.ts';
import { stateNames, taskStates } from './task-counts.ts';

/** A task to be queued, every choice made. */
export interface TaskToPublish {
  name: string;
  queue: string;
  key: string | null;
  args: TaskArgs;
  priority: number;
  delaySeconds: number;
  maxAttempts: number;
  requestId: string | null;
  revive: boolean;
}

interface KeyHolder {
  seq: number;
  id: string;
  kind: number;
  state: number;
  reason: string | null;
}

/** Prepares the insertion of tasks; call the result within a transaction. */
export function preparePublish(base: QueueBase): (tasks: TaskToPublish[]) => PublishOutcome[] {
  const { writer, counts, now } = base;
  const insert = writer.prepare(`
    INSERT INTO tasks (id, kind, state, priority, key, args, attempts, max_attempts, lapses,
                       request_id, created_at, run_at)
    VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)
    ON CONFLICT (key) WHERE key IS NOT NULL AND state < 4 DO NOTHING`);
  const findHolder = writer.prepare<[string], KeyHolder>(
    'SELECT seq, id, kind, state, reason FROM tasks WHERE key = ? AND state < 4',
  );
  const revive = writer.prepare(`
    UPDATE tasks SET kind = ?, state = ?, priority = ?, args = ?, attempts = 0, max_attempts = ?,
                     lapses = 0, request_id = ?, run_at = ?, reason = NULL
    WHERE seq = ?`);

  function publishOne(task: TaskToPublish, time: number): PublishOutcome {
    const kind = counts.obtain(task.queue, task.name).id;
    const state = task.delaySeconds > 0 ? 'scheduled' : 'ready';
    const runAt = Math.ceil(time + task.delaySeconds * 1_000);
    const args = JSON.stringify(task.args);
    const { priority, key, maxAttempts, requestId } = task;
    const values = [priority, key, args, maxAttempts, requestId, time, runAt];
    const id = uuidv7(time);
    if (insert.run(id, kind, taskStates[state], ...values).changes > 0) {
      counts.move(kind, null, state);
      counts.published(task.queue, 1);
      return { id, state: 'queued' };
    }
    const holder = findHolder.get(key ?? '');
    if (!holder) throw new Error('a key is taken and nobody holds it');
    if (stateNames[holder.state] !== 'dead') return { id: holder.id, state: 'duplicate' };
    if (!task.revive) return { id: holder.id, state: 'dead', reason: holder.reason ?? '' };
    const renewed = [priority, args, maxAttempts, requestId, runAt, holder.seq];
    revive.run(kind, taskStates[state], ...renewed);
    counts.move(holder.kind, 'dead', null);
    counts.move(kind, null, state);
    counts.published(task.queue, 1);
    return { id: holder.id, state: 'queued' };
  }

  return (tasks) => {
    const time = now();
    const outcomes = tasks.map((task) => publishOne(task, time));
    counts.flush();
    return outcomes;
  };
}
