import type { Job } from './batch-runner.ts';

/** The first batches are small, so that every thread has one soon; then they grow. */
const firstBatchFiles = 8;
const batchesOfASize = 4;
const mostBatchFiles = 128;
/** A larger file has a batch of its own. */
const mostBatchBytes = 1_048_576;

/** Gathers jobs into batches, so that small files do not cost a message to a thread each. */
export class BatchQueue {
  #waiting: Job[][] = [];
  #open: Job[] = [];
  #openBytes = 0;
  #closed = 0;

  add(job: Job): void {
    if (this.#openBytes + job.size > mostBatchBytes) this.close();
    this.#open.push(job);
    this.#openBytes += job.size;
    const growth = 2 ** Math.floor(this.#closed / batchesOfASize);
    if (this.#open.length >= Math.min(mostBatchFiles, firstBatchFiles * growth)) this.close();
  }

  /** Ends the batch being gathered. */
  close(): void {
    if (this.#open.length === 0) return;
    this.#waiting.push(this.#open);
    this.#closed = Math.min(this.#closed + 1, 64);
    this.#open = [];
    this.#openBytes = 0;
  }

  /** Takes the first batch that is closed. */
  take(): Job[] | undefined {
    return this.#waiting.shift();
  }

  /** The jobs of all closed batches, which stay where they are. */
  *jobs(): Iterable<Job> {
    for (const batch of this.#waiting) yield* batch;
  }

  /** Forgets the jobs that have a result by now. */
  dropSettled(): void {
    this.#waiting = this.#waiting
      .map((batch) => batch.filter(({ result }) => result === undefined))
      .filter((batch) => batch.length > 0);
  }
}
