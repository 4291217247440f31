import type { Piscina } from 'piscina';
import { loadThreadCode } from '../../platform/thread-code.ts';
import type { PooledRequest, ScanAnswer, ScanRequest } from './scan-thread.ts';

export interface ScanPoolOptions {
  /** Threads, at most. */
  threads: number;
  /** Heap of one thread, in bytes. */
  threadMemoryBytes: number;
  /** Where the code of threads may be kept, in order of preference. */
  cacheFolders: readonly string[];
}

/** `memory`: it needed more than its thread may have. `timeout`: it passed its deadline. */
export type ScanFailure = 'memory' | 'timeout' | 'crashed' | 'cancelled';

/** A scan that ended its thread; the pool goes on with a new one. */
export class ScanFailed extends Error {
  readonly failure: ScanFailure;

  constructor(failure: ScanFailure, cause: unknown) {
    super(`the scan ended its thread: ${failure}`, { cause });
    this.name = 'ScanFailed';
    this.failure = failure;
  }
}

/** No thread came up for the scan; it has not begun, and its content is not to blame. */
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

/** A scan handed to the pool, which a thread may have taken or not. */
interface HandedOver {
  taken: SharedArrayBuffer;
  takeBack: AbortController;
}

const idleMilliseconds = 60_000;

/** Scans on threads with a limit on memory and a deadline; a hostile file ends its thread only. */
export class ScanPool {
  readonly #pool: Piscina<PooledRequest, ScanAnswer>;
  readonly #handedOver = new Set<HandedOver>();

  constructor({ threads, threadMemoryBytes, cacheFolders }: ScanPoolOptions) {
    const code = loadThreadCode(cacheFolders);
    this.#pool = new code.Piscina({
      filename: code.fileOf(new URL('./scan-thread.ts', import.meta.url)),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMilliseconds,
      // A thread that sleeps on an atomic is quicker by microseconds and cannot fetch meanwhile.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(threadMemoryBytes / 1_048_576) },
      recordTiming: false,
    });
    // A thread that ends in a scan rejects that scan's run. This is of one that ends without: as a
    // rule while it starts, and then the pool would leave what waits for it where it is.
    this.#pool.on('error', (error) => this.#takeBackWaiting(error));
  }

  get threads(): number {
    return this.#pool.threads.length;
  }

  /**
   * @throws {ScanFailed} when the scan ended its thread instead of answering.
   * @throws {ThreadNotStarted} when it has not begun and may be tried again.
   */
  async run(
    request: ScanRequest,
    limits: { deadlineMilliseconds: number; signal: AbortSignal },
  ): Promise<ScanAnswer> {
    const deadline = AbortSignal.timeout(limits.deadlineMilliseconds);
    const takeBack = new AbortController();
    const signal = AbortSignal.any([limits.signal, deadline, takeBack.signal]);
    const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const handedOver = { taken, takeBack };
    this.#handedOver.add(handedOver);
    try {
      return await this.#pool.run({ ...request, taken }, { signal });
    } catch (error) {
      if (limits.signal.aborted) throw new ScanFailed('cancelled', error);
      if (deadline.aborted) throw new ScanFailed('timeout', error);
      if (takeBack.signal.aborted) throw new ThreadNotStarted(takeBack.signal.reason);
      throw new ScanFailed(isOutOfMemory(error) ? 'memory' : 'crashed', error);
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
