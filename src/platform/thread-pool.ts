import type { MessagePort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { loadThreadCode } from './thread-code.ts';
import type { ThreadTask } from './thread-task.ts';

export interface ThreadPoolOptions {
  /** The module whose default export a thread runs; it calls `markTaken` first. */
  entry: URL;
  /** Threads, at most. */
  threads: number;
  /** Heap of one thread, in bytes. */
  threadMemoryBytes: number;
  /** Where the executable may keep the code of threads, in order of preference. */
  cacheFolders: readonly string[];
}

/** `memory`: it needed more than its thread may have. `timeout`: it passed its deadline. */
export type ThreadFailure = 'memory' | 'timeout' | 'crashed' | 'cancelled';

/** A task that ended its thread; the pool goes on with a new one. */
export class ThreadEnded extends Error {
  readonly failure: ThreadFailure;

  constructor(failure: ThreadFailure, cause: unknown) {
    super(`the task ended its thread: ${failure}`, { cause });
    this.name = 'ThreadEnded';
    this.failure = failure;
  }
}

/** No thread came up for the task; it has not begun, and what it works on is not to blame. */
export class ThreadNotStarted extends Error {
  constructor(cause: unknown) {
    super(
      isOutOfMemory(cause)
        ? 'no scanning thread starts within --thread-memory: allow more'
        : 'no scanning thread starts',
      { cause },
    );
    this.name = 'ThreadNotStarted';
  }
}

/** A task handed to the pool, which a thread may have taken or not. */
interface HandedOver {
  taken: SharedArrayBuffer;
  takeBack: AbortController;
}

export interface ThreadTaskLimits {
  /** Without one, only the signal ends the task early. */
  deadlineMilliseconds?: number;
  signal: AbortSignal;
  /** What of the request is handed over instead of cloned. */
  transfer?: MessagePort[];
}

type RunOptions = NonNullable<Parameters<Piscina['run']>[1]>;

const idleMilliseconds = 60_000;

/** Runs tasks on threads with a limit on memory and a deadline; what is hostile ends its thread. */
export class ThreadPool<Request extends object, Answer> {
  readonly #pool: Piscina<ThreadTask<Request>, Answer>;
  readonly #handedOver = new Set<HandedOver>();

  constructor({ entry, threads, threadMemoryBytes, cacheFolders }: ThreadPoolOptions) {
    const code = loadThreadCode(cacheFolders);
    this.#pool = new code.Piscina({
      filename: code.fileOf(entry),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMilliseconds,
      // A thread that sleeps on an atomic is quicker by microseconds and cannot fetch meanwhile.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(threadMemoryBytes / 1_048_576) },
      recordTiming: false,
    });
    // A thread that ends in a task rejects that task's run. This is of one that ends without: as a
    // rule while it starts, and then the pool would leave what waits for it where it is.
    this.#pool.on('error', (error) => this.#takeBackWaiting(error));
  }

  get threads(): number {
    return this.#pool.threads.length;
  }

  /**
   * Starts a thread ahead of the first task. What it does there is the entry's export `warm`; when it
   * fails, the first task tells why.
   */
  async warm(): Promise<void> {
    try {
      await this.#pool.run({} as ThreadTask<Request>, { name: 'warm' });
    } catch {
      // Nobody waits for it.
    }
  }

  /**
   * @throws {ThreadEnded} when the task ended its thread instead of answering.
   * @throws {ThreadNotStarted} when it has not begun and may be tried again.
   */
  async run(request: Request, limits: ThreadTaskLimits): Promise<Answer> {
    const { deadlineMilliseconds } = limits;
    const deadline =
      deadlineMilliseconds === undefined ? undefined : AbortSignal.timeout(deadlineMilliseconds);
    const takeBack = new AbortController();
    const signals = [limits.signal, takeBack.signal, ...(deadline === undefined ? [] : [deadline])];
    const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const handedOver = { taken, takeBack };
    this.#handedOver.add(handedOver);
    try {
      const signal = AbortSignal.any(signals);
      // The pool wants a list; its types, made for an older Node, know it as an object.
      const transferList = (limits.transfer ?? []) as unknown as RunOptions['transferList'];
      return await this.#pool.run({ ...request, taken }, { signal, transferList });
    } catch (error) {
      if (limits.signal.aborted) throw new ThreadEnded('cancelled', error);
      if (deadline?.aborted === true) throw new ThreadEnded('timeout', error);
      if (takeBack.signal.aborted) throw new ThreadNotStarted(takeBack.signal.reason);
      throw new ThreadEnded(isOutOfMemory(error) ? 'memory' : 'crashed', error);
    } finally {
      this.#handedOver.delete(handedOver);
    }
  }

  #takeBackWaiting(reason: unknown): void {
    for (const { taken, takeBack } of this.#handedOver) {
      if (Atomics.load(new Int32Array(taken), 0) === 0) takeBack.abort(reason);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
