import type { TaskQueue } from './store/task-queue.ts';

export type Wakening = 'ready' | 'timeout' | 'stopped' | 'gone';

interface Waiter {
  session: string;
  queues: ReadonlySet<string>;
  wake: (why: Wakening) => void;
}

export interface WaitOptions {
  session: string;
  queues: string[];
  milliseconds: number;
  signal: AbortSignal;
}

/** How often those who wait look for what this process cannot hear: the clock, another beat. */
const lookMilliseconds = 50;

/** Long polls that wait for tasks: first come, first woken. */
export class LeaseWaiters {
  readonly #queue: TaskQueue;
  readonly #waiters = new Set<Waiter>();
  #looking: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(queue: TaskQueue) {
    this.#queue = queue;
    queue.onChange(({ readied }) => {
      if (readied.size === 0 || this.#waiters.size === 0) return;
      // A poll that found nothing in the same commit registers before this runs.
      setImmediate(() => {
        for (const [name, count] of readied) this.#wake(name, count);
      });
    });
  }

  /** Waits until one of the queues may have a task to hand out. */
  wait({ session, queues, milliseconds, signal }: WaitOptions): Promise<Wakening> {
    if (this.#stopped) return Promise.resolve('stopped');
    if (signal.aborted) return Promise.resolve('gone');
    return new Promise((resolve) => {
      const wake = (why: Wakening): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#stopLooking();
        resolve(why);
      };
      const waiter: Waiter = { session, queues: new Set(queues), wake };
      const onAbort = (): void => wake('gone');
      const timer = setTimeout(() => wake('timeout'), milliseconds);
      signal.addEventListener('abort', onAbort);
      this.#waiters.add(waiter);
      this.#looking ??= setInterval(() => this.#look(), lookMilliseconds);
    });
  }

  /** Ends the waiting of one session. */
  dismiss(session: string): void {
    for (const waiter of [...this.#waiters]) if (waiter.session === session) waiter.wake('gone');
  }

  /** Ends all waiting, now and in future. */
  stop(): void {
    this.#stopped = true;
    for (const waiter of [...this.#waiters]) waiter.wake('stopped');
  }

  #wake(queue: string, count: number): void {
    let left = count;
    for (const waiter of [...this.#waiters]) {
      if (left === 0) return;
      if (!waiter.queues.has(queue)) continue;
      waiter.wake('ready');
      left -= 1;
    }
  }

  #look(): void {
    if (this.#queue.inspect.hasDue()) this.#queue.sweep().catch(() => {});
    for (const queue of this.#queue.inspect.readyQueues()) {
      this.#wake(queue, Number.POSITIVE_INFINITY);
    }
  }

  #stopLooking(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}
