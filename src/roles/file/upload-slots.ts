import { AppError } from '../../platform/app-error.ts';
import { toAppError } from '../../platform/http/problem.ts';
import type { FileMetrics } from './file-metrics.ts';

/**
 * Bounds the uploads received at once. Eight times as many may wait for their turn; who comes
 * after them is told to come back.
 */
export class UploadSlots {
  readonly #most: number;
  readonly #metrics: FileMetrics;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number, metrics: FileMetrics) {
    this.#most = most;
    this.#metrics = metrics;
  }

  /**
   * Runs an upload when it is its turn; counts it when it fails.
   *
   * @throws {AppError} `unavailable` when too many wait already, or what the work throws.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#take(work);
    } catch (error) {
      this.#metrics.uploads.inc({ outcome: toAppError(error).code });
      throw error;
    }
  }

  async #take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#most) {
      if (this.#waiting.length >= this.#most * 8) {
        throw new AppError('unavailable', 'too many uploads at once: try again', {
          headers: { 'Retry-After': '1' },
        });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#taken += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken -= 1;
    }
  }
}
