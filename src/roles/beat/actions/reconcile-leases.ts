import type { BeatContext } from '../beat-context.ts';

export interface Reconciliation {
  session: string;
  /** The leases that the worker knows of. */
  held: string[];
  /** Whether it takes no more tasks. */
  leaving: boolean;
}

/**
 * Ends the worker's polls and gives back what was leased to it in answers that it never got.
 *
 * @returns how many tasks went back.
 */
export async function reconcileLeases(
  { queue, waiters }: BeatContext,
  { session, held, leaving }: Reconciliation,
): Promise<number> {
  waiters.dismiss(session);
  return queue.reconcile(session, held, leaving);
}
