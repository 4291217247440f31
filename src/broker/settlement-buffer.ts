import { BackOff } from './back-off.ts';
import type { BeatClient } from './beat-client.ts';
import { maxPublishedTasks, type WireSettlement } from './wire.ts';

export interface PendingSettlement {
  settlement: WireSettlement;
  /** When its lease lapses by the local clock (`performance.now()`): it is of no use then. */
  expires: number;
}

/** What became of tasks and beat does not know yet; kept through beat's absences. */
export class SettlementBuffer {
  static readonly gatherMilliseconds = 3;
  readonly #client: BeatClient;
  readonly #backOff = new BackOff();
  readonly #sent = new Set<PendingSettlement>();
  #pending: PendingSettlement[] = [];
  #flushing: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;

  constructor(client: BeatClient) {
    this.#client = client;
  }

  /** The leases that beat has not yet confirmed the end of. */
  get leases(): string[] {
    return [...this.#sent, ...this.#pending].map(({ settlement }) => settlement.lease);
  }

  add(settlement: WireSettlement, expires: number): void {
    this.#pending.push({ settlement, expires });
  }

  /** Hands over what waits, to be sent; then either `confirm` or `putBack` is called. */
  take(): PendingSettlement[] {
    const now = performance.now();
    const live = this.#pending.filter(({ expires }) => expires > now);
    this.#pending = live.slice(maxPublishedTasks);
    const taken = live.slice(0, maxPublishedTasks);
    for (const item of taken) this.#sent.add(item);
    return taken;
  }

  confirm(items: PendingSettlement[]): void {
    for (const item of items) this.#sent.delete(item);
  }

  putBack(items: PendingSettlement[]): void {
    this.confirm(items);
    this.#pending.unshift(...items);
  }

  /** Sends on its own, in a few milliseconds, whatever nobody has taken by then. */
  flushSoon(signal: AbortSignal): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.flush(signal);
    }, SettlementBuffer.gatherMilliseconds);
  }

  /** Sends until nothing is left, the leases have lapsed or the signal is aborted. */
  flush(signal: AbortSignal): Promise<void> {
    this.#flushing ??= this.#flush(signal).finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #flush(signal: AbortSignal): Promise<void> {
    for (;;) {
      const items = this.take();
      if (items.length === 0) return;
      try {
        await this.#client.settle(items.map(({ settlement }) => settlement));
        this.confirm(items);
        this.#backOff.reset();
      } catch {
        this.putBack(items);
        await this.#backOff.wait(signal);
        if (signal.aborted) return;
      }
    }
  }
}
