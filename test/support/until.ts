import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the condition gives something; while it throws it counts as unmet.
 *
 * @throws {Error} naming what was waited for when it does not come in time.
 */
export async function until<Found>(
  what: string,
  find: () => Found | false | undefined | Promise<Found | false | undefined>,
  timeoutMilliseconds = 15_000,
): Promise<Found> {
  const end = performance.now() + timeoutMilliseconds;
  let last: unknown;
  for (;;) {
    try {
      const found = await find();
      if (found !== false && found !== undefined) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`not in time: ${what}`, { cause: last });
    await sleep(20);
  }
}
