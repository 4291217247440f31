import type { PublishOutcome, TaskArgs } from '../../../broker/broker.ts';
import { uuidv7 } from '../../../platform/uuidv7.ts';
import type { QueueBase } from './queue-base.ts';
import { prepareReplacing, type TaskContent } from './replace-tasks.ts';
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
  args: string;
  reason: string | null;
}

/** Prepares the insertion of tasks; call the result within a transaction. */
export function preparePublish(base: QueueBase): (tasks: TaskToPublish[]) => PublishOutcome[] {
  const { writer, counts, now } = base;
  const replacing = prepareReplacing(base);
  const insert = writer.prepare(`
    INSERT INTO tasks (id, kind, state, priority, key, args, attempts, max_attempts, lapses,
                       request_id, created_at, run_at)
    VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)
    ON CONFLICT (key) WHERE key IS NOT NULL AND state < 4 DO NOTHING`);
  const findHolder = writer.prepare<[string], KeyHolder>(
    'SELECT seq, id, kind, state, args, reason FROM tasks WHERE key = ? AND state < 4',
  );

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
    return meetHolder(holder, task, { kind, priority, args, maxAttempts, requestId, runAt });
  }

  function meetHolder(
    holder: KeyHolder,
    { queue, revive }: TaskToPublish,
    content: TaskContent,
  ): PublishOutcome {
    const { id, reason } = holder;
    const state = stateNames[holder.state] ?? 'dead';
    if (state === 'dead') {
      if (!revive) return { id, state, reason: reason ?? '' };
      replacing.restart(holder, state, content);
      counts.published(queue, 1);
      return { id, state: 'queued' };
    }
    // The attempt under way may have begun before what the publisher speaks of.
    if (state === 'leased') replacing.keep(holder.seq, content);
    else if (holder.args !== content.args || holder.kind !== content.kind) {
      replacing.replace(holder, state, content);
    }
    return { id, state: 'duplicate' };
  }

  return (tasks) => {
    const time = now();
    const outcomes = tasks.map((task) => publishOne(task, time));
    counts.flush();
    return outcomes;
  };
}
