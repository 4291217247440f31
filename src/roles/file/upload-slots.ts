import { AppError } from '../../platform/app-error.ts';

/**
 * Bounds the uploads received at once; as many again as eight times that wait their turn, and
 * who comes after them is told to come back.
 */
export class UploadSlots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws {AppError} `unavailable` when too many wait already. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
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
