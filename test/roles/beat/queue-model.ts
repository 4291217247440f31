import type { WireSettlement } from '../../../src/broker/wire.ts';
import { backoffSeconds } from '../../../src/roles/beat/store/settle-tasks.ts';
import type { TaskState } from '../../../src/roles/beat/store/task-counts.ts';

export interface ModelTask {
  /** Order of arrival. */
  seq: number;
  id: string;
  key: string | null;
  state: TaskState;
  priority: number;
  runAt: number;
  attempts: number;
  maxAttempts: number;
  lapses: number;
  lease: string | null;
  leasedUntil: number;
}

export interface ModelPublish {
  key: string | null;
  priority: number;
  delaySeconds: number;
  maxAttempts: number;
  revive: boolean;
}

/** What the queue has to do, in the plainest words: a list of tasks and a clock. */
export class QueueModel {
  readonly tasks: ModelTask[] = [];
  now = 1_700_000_000_000;
  readonly #leaseMilliseconds: number;
  readonly #maxLeaseLosses: number;
  #seq = 0;

  constructor(leaseSeconds: number, maxLeaseLosses: number) {
    this.#leaseMilliseconds = leaseSeconds * 1_000;
    this.#maxLeaseLosses = maxLeaseLosses;
  }

  sweep(): void {
    for (const task of this.tasks) {
      if (task.state === 'scheduled' && task.runAt <= this.now) task.state = 'ready';
      if (task.state === 'leased' && task.leasedUntil <= this.now) {
        task.lapses += 1;
        if (task.lapses > this.#maxLeaseLosses) task.state = 'dead';
        else {
          task.state = 'ready';
          task.attempts -= 1;
        }
      }
    }
  }

  /** @param id what the queue called the task; taken over when it is new. */
  publish(task: ModelPublish, id: string): { id: string; state: string } {
    const { key, priority, maxAttempts, delaySeconds } = task;
    const fresh = {
      priority,
      maxAttempts,
      runAt: Math.ceil(this.now + delaySeconds * 1_000),
      state: delaySeconds > 0 ? ('scheduled' as const) : ('ready' as const),
      attempts: 0,
      lapses: 0,
      lease: null,
      leasedUntil: 0,
    };
    const holder = this.tasks.find(
      (each) => key !== null && each.key === key && each.state !== 'finished',
    );
    if (!holder) {
      this.tasks.push({ seq: this.#seq++, id, key, ...fresh });
      return { id, state: 'queued' };
    }
    if (holder.state !== 'dead') return { id: holder.id, state: 'duplicate' };
    if (!task.revive) return { id: holder.id, state: 'dead' };
    Object.assign(holder, fresh);
    return { id: holder.id, state: 'queued' };
  }

  /** The tasks that a worker has to get now, in order. */
  nextTasks(limit: number): ModelTask[] {
    return this.tasks
      .filter(({ state }) => state === 'ready')
      .sort((a, b) => b.priority - a.priority || a.runAt - b.runAt || a.seq - b.seq)
      .slice(0, limit);
  }

  lease(task: ModelTask, lease: string): void {
    task.state = 'leased';
    task.attempts += 1;
    task.lease = lease;
    task.leasedUntil = this.now + this.#leaseMilliseconds;
  }

  renew(lease: string): 'ok' | 'lost' {
    const task = this.#holder(lease);
    if (!task) return 'lost';
    task.leasedUntil = this.now + this.#leaseMilliseconds;
    return 'ok';
  }

  settle({ lease, outcome, retry_seconds }: WireSettlement, random: () => number): 'ok' | 'lost' {
    const task = this.#holder(lease);
    if (!task) return 'lost';
    if (outcome === 'done') task.state = 'finished';
    else if (outcome === 'give_back') {
      task.state = 'ready';
      task.attempts -= 1;
    } else if (outcome === 'dead' || task.attempts >= task.maxAttempts) task.state = 'dead';
    else {
      const seconds = retry_seconds ?? backoffSeconds(task.attempts, random);
      task.state = 'scheduled';
      task.runAt = Math.ceil(this.now + seconds * 1_000);
    }
    return 'ok';
  }

  requeueDead(): number {
    const dead = this.tasks.filter(({ state }) => state === 'dead');
    for (const task of dead) {
      Object.assign(task, { state: 'ready', attempts: 0, lapses: 0, runAt: this.now });
    }
    return dead.length;
  }

  count(): Record<TaskState, number> {
    const counts = { ready: 0, scheduled: 0, leased: 0, dead: 0, finished: 0 };
    for (const { state } of this.tasks) counts[state] += 1;
    return counts;
  }

  #holder(lease: string): ModelTask | undefined {
    return this.tasks.find((task) => task.state === 'leased' && task.lease === lease);
  }
}
