import { type RescoreOutcome, rescoreContents } from './actions/rescore-contents.ts';
import type { RescoreContext } from './file-context.ts';

/**
 * Runs re-scoring in the background, one batch after another and other work in between. There is
 * one run at a time in a process; whoever asks for another meanwhile waits for that one, which
 * begins anew when the policy changes under it.
 */
export class Rescorer {
  readonly #context: RescoreContext;
  #running: Promise<RescoreOutcome> | undefined;
  #stopped = false;

  constructor(context: RescoreContext) {
    this.#context = context;
  }

  /** Re-scores until nothing is of an older revision; tells how much that was. */
  run(requestId?: string): Promise<RescoreOutcome> {
    this.#running ??= this.#run(requestId).finally(() => {
      this.#running = undefined;
    });
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
    const context = this.#context;
    const total = { rescored: 0, queued: 0 };
    while (!this.#stopped) {
      const { rescored, queued } = await rescoreContents(context, requestId);
      if (rescored + queued === 0) break;
      total.rescored += rescored;
      total.queued += queued;
      context.metrics.rescored.inc({ outcome: 'rescored' }, rescored);
      context.metrics.rescored.inc({ outcome: 'queued' }, queued);
      if (queued > 0) context.wakePublisher();
      context.events.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return total;
  }
}
