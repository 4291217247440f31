import { Piscina } from 'piscina';
import type { ScanAnswer, ScanRequest } from './scan-thread.ts';

export interface ScanPoolOptions {
  /** Threads, at most. */
  threads: number;
  /** Heap of one thread, in bytes. */
  threadMemoryBytes: number;
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

const idleMilliseconds = 60_000;

/** Scans on threads with a limit on memory and a deadline; a hostile file ends its thread only. */
export class ScanPool {
  readonly #pool: Piscina<ScanRequest, ScanAnswer>;

  constructor({ threads, threadMemoryBytes }: ScanPoolOptions) {
    this.#pool = new Piscina({
      filename: new URL('./scan-thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMilliseconds,
      // A thread that sleeps on an atomic is quicker by microseconds and cannot fetch meanwhile.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(threadMemoryBytes / 1_048_576) },
      recordTiming: false,
    });
    // Every failed run is told to who started it.
    this.#pool.on('error', () => {});
  }

  get threads(): number {
    return this.#pool.threads.length;
  }

  /** @throws {ScanFailed} when the scan ended its thread instead of answering. */
  async run(
    request: ScanRequest,
    limits: { deadlineMilliseconds: number; signal: AbortSignal },
  ): Promise<ScanAnswer> {
    const deadline = AbortSignal.timeout(limits.deadlineMilliseconds);
    const signal = AbortSignal.any([limits.signal, deadline]);
    try {
      return await this.#pool.run(request, { signal });
    } catch (error) {
      if (limits.signal.aborted) throw new ScanFailed('cancelled', error);
      if (deadline.aborted) throw new ScanFailed('timeout', error);
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      throw new ScanFailed(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crashed', error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
