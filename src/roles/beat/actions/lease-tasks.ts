import type { WireLeaseRequest } from '../../../broker/wire.ts';
import type { BeatContext } from '../beat-context.ts';
import type { LeaseAnswer } from '../store/task-queue.ts';

/**
 * Settles what the worker brings and hands out tasks, waiting for some when there are none and
 * nothing was settled: a worker is told at once that its results are safe.
 *
 * @param signal aborted when the worker's connection is gone; what it was to get goes back then.
 */
export async function leaseTasks(
  { queue, waiters, longestWaitSeconds }: BeatContext,
  request: WireLeaseRequest,
  signal: AbortSignal,
): Promise<LeaseAnswer> {
  const { session, queues, settle = [] } = request;
  const waitSeconds = Math.min(request.wait_seconds, longestWaitSeconds);
  const deadline = performance.now() + waitSeconds * 1_000;
  let answer = await queue.lease(request, { settle, signal });
  while (answer.tasks.length === 0 && settle.length === 0) {
    const milliseconds = deadline - performance.now();
    if (milliseconds <= 0) break;
    const why = await waiters.wait({ session, queues, milliseconds, signal });
    if (why !== 'ready') break;
    answer = await queue.lease(request, { signal });
  }
  if (answer.tasks.length > 0) returnWhenGone();
  return answer;

  function returnWhenGone(): void {
    const giveBack = (): void => {
      const leases = answer.tasks.map(({ lease }) => ({ lease, outcome: 'give_back' as const }));
      // A failure here is made good when the leases lapse.
      queue.settle(leases).catch(() => {});
    };
    if (signal.aborted) giveBack();
    else signal.addEventListener('abort', giveBack, { once: true });
  }
}
