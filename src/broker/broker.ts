/**
 * The task queue contract. Engines: `http-broker.ts` speaks to the queue that the beat role keeps
 * in SQLite. What every engine promises is proven by one suite, `test/broker/contract.ts`:
 *
 * - at least once: a task is handed out again until it is finished or a dead letter;
 * - a key is never queued twice while its task is unfinished, nor leased twice at once;
 * - what is published last under a key runs: it takes the place of what waits with other arguments
 *   (when that runs stays), and what is published during an attempt runs after it – after one that
 *   ended the task, anew with all its attempts; otherwise as the task's next attempt;
 * - a lease that is not renewed in time lapses, and the task is handed to somebody else;
 * - a failed attempt is tried again after an exponential back-off with jitter, until the task's
 *   attempts are used up; then it is a dead letter, kept until a person requeues or discards it;
 * - a task whose worker vanished too often (poison) becomes a dead letter as well;
 * - higher priority first, then first come, first served; a delay holds a task back.
 */
export interface NewTask {
  name: string;
  /** Default `default`. */
  queue?: string;
  /** Makes publishing idempotent: while a task with this key is unfinished, it stays the only one. */
  key?: string;
  args?: TaskArgs;
  /** 0 (last) to 9 (first); default 5. */
  priority?: number;
  /** Not handed out before this many seconds have passed. */
  delaySeconds?: number;
  /** How often it is tried in all; default 5. */
  maxAttempts?: number;
  /** Follows the request that caused the task into the logs. */
  requestId?: string;
  /** A dead letter with the same key is tried anew instead of standing in the way. */
  revive?: boolean;
}

/** Small JSON: identifiers, never content. */
export type TaskArgs = Record<string, string | number | boolean | null>;

export interface PublishOutcome {
  id: string;
  /**
   * `queued`: new. `duplicate`: unfinished with this key; it runs once more if an attempt is under
   * way. `dead`: a dead letter holds the key.
   */
  state: 'queued' | 'duplicate' | 'dead';
  /** Why it is a dead letter. */
  reason?: string;
}

export interface Task {
  id: string;
  name: string;
  queue: string;
  key: string | null;
  args: TaskArgs;
  /** 1 for the first. */
  attempt: number;
  maxAttempts: number;
  requestId: string | null;
}

export interface TaskContext {
  /** Aborted when the lease is lost or the consumer stops without waiting any longer. */
  signal: AbortSignal;
}

/** Resolves when the task is done; throws {@link TaskFailure} or anything else when it is not. */
export type TaskHandler = (task: Task, context: TaskContext) => Promise<void>;

export interface TaskFailureOptions {
  /** False makes the task a dead letter at once. */
  retry: boolean;
  /** When to try again, instead of the back-off. */
  retrySeconds?: number;
  cause?: unknown;
}

/** A failed attempt; the message becomes the task's reason and holds no content and no secret. */
export class TaskFailure extends Error {
  readonly retry: boolean;
  readonly retrySeconds: number | undefined;

  constructor(message: string, options: TaskFailureOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TaskFailure';
    this.retry = options.retry;
    this.retrySeconds = options.retrySeconds;
  }
}

export interface ConsumeOptions {
  /** Tasks under way at once, at most. */
  concurrency: number;
  /** Names this consumer in the list of workers, e.g. host name and process id. */
  worker: string;
}

export interface Consumer {
  /** Whether the broker answered lately; false while it is away. */
  readonly connected: boolean;
  readonly running: number;
  /** When the broker last answered, in milliseconds since 1970; 0 before the first answer. */
  readonly lastContact: number;
  /**
   * Takes no more tasks, gives unstarted ones back at once and waits for those that run; after
   * `graceMilliseconds` it aborts them and gives them back too.
   */
  stop: (graceMilliseconds: number) => Promise<void>;
}

export interface QueueStats {
  queue: string;
  /** Can be handed out now. */
  ready: number;
  /** Waiting for their time: delayed, or between attempts. */
  scheduled: number;
  leased: number;
  dead: number;
  /** Finished and not yet purged. */
  finished: number;
  /** Age of the oldest ready task, in seconds. */
  oldestReadySeconds: number;
}

export interface Broker {
  /** @returns one outcome a task, in order, once all are durable. */
  publish: (tasks: NewTask[]) => Promise<PublishOutcome[]>;
  consume: (queues: string[], handler: TaskHandler, options: ConsumeOptions) => Consumer;
  stats: () => Promise<QueueStats[]>;
  /** @throws when the broker cannot be reached. */
  check: () => Promise<void>;
  close: () => Promise<void>;
}
