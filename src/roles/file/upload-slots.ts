import { AppError } from '../../platform/app-error.ts';
import { toAppError } from '../../platform/http/problem.ts';
import type { FileMetrics } from './file-metrics.ts';

interface Waiting {
  subject: string;
  start: () => void;
}

/**
 * Bounds the uploads received at once; one user has half of the slots at most, so that nobody can
 * keep everybody else out. Eight times as many may wait for their turn; who comes after them is
 * told to come back.
 */
export class UploadSlots {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #metrics: FileMetrics;
  readonly #waiting: Waiting[] = [];
  readonly #takenBy = new Map<string, number>();
  #taken = 0;

  constructor(most: number, metrics: FileMetrics) {
    this.#most = most;
    this.#mostOfOne = Math.max(1, Math.floor(most / 2));
    this.#metrics = metrics;
  }

  /**
   * Runs a user's upload when it is its turn; counts it when it fails.
   *
   * @throws {AppError} `unavailable` when too many wait already, or what the work throws.
   */
  async run<Result>(subject: string, work: () => Promise<Result>): Promise<Result> {
    try {
      await this.#take(subject);
      try {
        return await work();
      } finally {
        this.#release(subject);
      }
    } catch (error) {
      this.#metrics.uploads.inc({ outcome: toAppError(error).code });
      throw error;
    }
  }

  async #take(subject: string): Promise<void> {
    if (this.#mayStart(subject)) {
      this.#start(subject);
      return;
    }
    if (this.#waiting.length >= this.#most * 8) {
      throw new AppError('unavailable', 'too many uploads at once: try again', {
        headers: { 'Retry-After': '1' },
      });
    }
    await new Promise<void>((resolve) => this.#waiting.push({ subject, start: resolve }));
  }

  #release(subject: string): void {
    const left = (this.#takenBy.get(subject) ?? 1) - 1;
    if (left === 0) this.#takenBy.delete(subject);
    else this.#takenBy.set(subject, left);
    this.#taken -= 1;
    const next = this.#waiting.findIndex((waiting) => this.#mayStart(waiting.subject));
    const [started] = next < 0 ? [] : this.#waiting.splice(next, 1);
    if (!started) return;
    this.#start(started.subject);
    started.start();
  }

  #mayStart(subject: string): boolean {
    const own = this.#takenBy.get(subject) ?? 0;
    return this.#taken < this.#most && own < this.#mostOfOne;
  }

  #start(subject: string): void {
    this.#taken += 1;
    this.#takenBy.set(subject, (this.#takenBy.get(subject) ?? 0) + 1);
  }
}
