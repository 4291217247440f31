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
  args: ModelPublish['args'];
  /** Published while the task is leased. */
  again: ModelContent | null;
}

type ModelContent = Pick<ModelTask, 'priority' | 'maxAttempts' | 'runAt' | 'args'>;

export interface ModelPublish {
  args: { version: number };
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
        if (task.lapses > this.#maxLeaseLosses) this.#end(task, 'dead');
        else {
          task.attempts -= 1;
          this.#goOn(task, 'ready');
        }
      }
    }
  }

  /** @param id what the queue called the task; taken over when it is new. */
  publish(task: ModelPublish, id: string): { id: string; state: string } {
    const { key, priority, maxAttempts, delaySeconds, args } = task;
    const runAt = Math.ceil(this.now + delaySeconds * 1_000);
    const content = { priority, maxAttempts, runAt, args };
    const fresh = this.#freshen(content);
    const holder = this.tasks.find(
      (each) => key !== null && each.key === key && each.state !== 'finished',
    );
    if (!holder) {
      this.tasks.push({ seq: this.#seq++, id, key, ...fresh });
      return { id, state: 'queued' };
    }
    if (holder.state === 'leased') holder.again = content;
    else if (holder.state !== 'dead' && holder.args.version !== args.version) {
      this.#replace(holder, content);
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
    if (outcome === 'done') this.#end(task, 'finished');
    else if (outcome === 'give_back') {
      task.attempts -= 1;
      this.#goOn(task, 'ready');
    } else if (outcome === 'dead' || task.attempts >= task.maxAttempts) this.#end(task, 'dead');
    else {
      const seconds = retry_seconds ?? backoffSeconds(task.attempts, random);
      task.runAt = Math.ceil(this.now + seconds * 1_000);
      this.#goOn(task, 'scheduled');
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

  #freshen(content: ModelContent) {
    const { runAt } = content;
    return {
      ...content,
      runAt: Math.max(runAt, this.now),
      state: runAt > this.now ? ('scheduled' as const) : ('ready' as const),
      attempts: 0,
      lapses: 0,
      lease: null,
      leasedUntil: 0,
      again: null,
    };
  }

  #replace(task: ModelTask, { priority, maxAttempts, args }: ModelContent): void {
    const most = Math.max(maxAttempts, task.attempts + 1);
    Object.assign(task, { priority, maxAttempts: most, args, again: null });
  }

  #end(task: ModelTask, state: 'finished' | 'dead'): void {
    if (task.again) Object.assign(task, this.#freshen(task.again));
    else task.state = state;
  }

  #goOn(task: ModelTask, state: 'ready' | 'scheduled'): void {
    task.state = state;
    if (task.again) this.#replace(task, task.again);
  }

  #holder(lease: string): ModelTask | undefined {
    return this.tasks.find((task) => task.state === 'leased' && task.lease === lease);
  }
}
