import { type RescoreOutcome, rescoreContents } from './actions/rescore-contents.ts';
import type { RescoreContext } from './file-context.ts';

/**
 * Runs re-scoring in the background, one batch after another and other work in between. There is
 * one run at a time in a process; whoever asks for another meanwhile waits for that one, which
 * then looks once more, for the policy may have changed since it last did.
 */
export class Rescorer {
  readonly #context: RescoreContext;
  #running: Promise<RescoreOutcome> | undefined;
  #askedAgain = false;
  #stopped = false;

  constructor(context: RescoreContext) {
    this.#context = context;
  }

  /** Re-scores until nothing is of an older revision; tells how much that was. */
  run(requestId?: string): Promise<RescoreOutcome> {
    this.#askedAgain = true;
    this.#running ??= this.#run(requestId);
    return this.#running;
  }

  /** Begins a run without waiting for it; what fails is logged, and the next sweep goes on. */
  start(requestId: string): void {
    this.run(requestId).catch((error: unknown) => {
      this.#context.log.error({ err: error }, 're-scoring stopped; the next sweep goes on');
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.catch(() => undefined);
  }

  async #run(requestId: string | undefined): Promise<RescoreOutcome> {
    const total = { rescored: 0, queued: 0 };
    try {
      while (!this.#stopped && this.#askedAgain) {
        this.#askedAgain = false;
        await this.#runBatches(total, requestId);
      }
    } finally {
      // In the same turn as the check above: who asks later must begin a new run.
      this.#running = undefined;
    }
    return total;
  }

  async #runBatches(total: RescoreOutcome, requestId: string | undefined): Promise<void> {
    const context = this.#context;
    while (!this.#stopped) {
      const { rescored, queued } = await rescoreContents(context, requestId);
      if (rescored + queued === 0) return;
      total.rescored += rescored;
      total.queued += queued;
      context.metrics.rescored.inc({ outcome: 'rescored' }, rescored);
      context.metrics.rescored.inc({ outcome: 'queued' }, queued);
      if (queued > 0) context.wakePublisher();
      context.events.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
