import type { Policy } from '../../engine/types.ts';
import { ThreadEnded, ThreadNotStarted, ThreadPool } from '../../platform/thread-pool.ts';
import type { FilePath } from './file-path.ts';
import { type ScannedFile, unscanned } from './file-result.ts';
import type { Batch, BatchFile } from './scan-batch.ts';

/** A file on its way; `size` is in bytes as far as it is known. */
export interface Job {
  path: FilePath;
  size: number;
  file: BatchFile;
  result: ScannedFile | undefined;
}

export interface BatchRunnerOptions {
  policy: Policy;
  fingerprintKey: Uint8Array;
  threads: number;
  threadMemoryBytes: number;
  /** Where the executable may keep the code of threads. */
  cacheFolders: readonly string[];
  /** Deadline of a file; a large one gets a second more for each MiB. */
  fileSeconds: number;
}

/** Jobs that a thread has, and since when it has been on the one in hand. */
interface Running {
  jobs: readonly Job[];
  state: BigInt64Array;
  position: number;
  since: number;
  cancel: AbortController;
  isOverdue: boolean;
}

const watchMilliseconds = 100;
/** Threads that do not come up in a row before it is given up. */
const mostFailedStarts = 4;

/**
 * Runs batches on threads. A file that ends its thread, or that takes too long, is `failed` with
 * the reason; the rest of its batch is run again.
 */
export class BatchRunner {
  readonly #options: BatchRunnerOptions;
  readonly #running = new Set<Running>();
  #pool: ThreadPool<Batch, ScannedFile[]> | undefined;
  #watch: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: BatchRunnerOptions) {
    this.#options = options;
  }

  /**
   * Gives every job of the batch its result, unless it is stopped before.
   *
   * @throws {ThreadNotStarted} when no thread comes up.
   */
  async run(jobs: readonly Job[]): Promise<void> {
    let left = jobs;
    for (let failedStarts = 0; left.length > 0 && !this.#isStopped; ) {
      const running = this.#start(left);
      try {
        const results = await this.#attempt(running);
        for (const [index, job] of left.entries()) job.result = results[index];
        return;
      } catch (error) {
        if (this.#isStopped) return;
        if (error instanceof ThreadNotStarted || positionOf(running) === 0) {
          failedStarts += 1;
          if (failedStarts >= mostFailedStarts || isStream(left)) throw error;
          continue;
        }
        if (!(error instanceof ThreadEnded)) throw error;
        left = withoutCulprit(running, running.isOverdue ? 'timeout' : error.failure);
      } finally {
        this.#running.delete(running);
      }
    }
  }

  /** Bytes that running batches have read, and the path of the first file in hand. */
  progress(): { files: number; bytes: number; path: FilePath | undefined } {
    let [files, bytes] = [0, 0];
    let path: FilePath | undefined;
    for (const running of this.#running) {
      const done = Math.max(0, positionOf(running) - 1);
      files += done;
      for (const job of running.jobs.slice(0, done)) bytes += job.size;
      bytes += Number(Atomics.load(running.state, 1));
      path ??= running.jobs[done]?.path;
    }
    return { files, bytes, path };
  }

  /** Ends what runs; jobs without a result stay without. */
  stop(): void {
    this.#isStopped = true;
    for (const { cancel } of this.#running) cancel.abort();
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#pool?.close();
  }

  #start(jobs: readonly Job[]): Running {
    const state = new BigInt64Array(new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT));
    const cancel = new AbortController();
    const running = { jobs, state, position: 0, since: 0, cancel, isOverdue: false };
    this.#running.add(running);
    return running;
  }

  #attempt({ jobs, state, cancel }: Running): Promise<ScannedFile[]> {
    const { policy, fingerprintKey, ...pool } = this.#options;
    const entry = new URL('./batch-thread.ts', import.meta.url);
    this.#pool ??= new ThreadPool({ entry, ...pool });
    this.#watch ??= setInterval(() => this.#cancelOverdue(), watchMilliseconds);
    const files = jobs.map(({ file }) => file);
    const transfer = files.flatMap((file) => (file.from === 'pipe' ? [file.pipe.port] : []));
    const shared = state.buffer as SharedArrayBuffer;
    // The rest of its time is for all else in a file.
    const pictureMilliseconds = this.#options.fileSeconds * 500;
    const batch = { files, policy, fingerprintKey, pictureMilliseconds, state: shared };
    return this.#pool.run(batch, { signal: cancel.signal, transfer });
  }

  #cancelOverdue(): void {
    const now = performance.now();
    for (const running of this.#running) {
      const position = positionOf(running);
      if (position !== running.position) {
        running.position = position;
        running.since = now;
      }
      const job = running.jobs[position - 1];
      if (job === undefined || job.file.from === 'pipe') continue;
      const seconds = this.#options.fileSeconds + job.size / 1_048_576;
      if (now - running.since < seconds * 1_000) continue;
      running.isOverdue = true;
      running.cancel.abort();
    }
  }
}

function positionOf({ state }: Running): number {
  return Number(Atomics.load(state, 0));
}

function isStream(jobs: readonly Job[]): boolean {
  return jobs.some(({ file }) => file.from === 'pipe');
}

/** Gives the file in hand when the thread ended its result, and returns the others. */
function withoutCulprit(running: Running, reason: string): readonly Job[] {
  const culprit = running.jobs[positionOf(running) - 1];
  if (culprit === undefined) return running.jobs;
  culprit.result = unscanned('failed', reason, Number(Atomics.load(running.state, 1)));
  return running.jobs.filter((job) => job !== culprit);
}
