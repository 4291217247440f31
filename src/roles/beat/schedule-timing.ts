import { createHash } from 'node:crypto';
import { Cron } from 'croner';

/** When a schedule fires: by a cron pattern in a time zone, or every so many seconds. */
export interface Timing {
  cron: string | null;
  /** IANA name, e.g. `Europe/Vienna`; only cron patterns care. */
  timeZone: string;
  intervalSeconds: number | null;
}

const cronShape = /^(@[a-z]+|\S+(\s+\S+){4,5})$/;

/**
 * The first tick after a time, both in milliseconds since 1970; undefined when there is none.
 *
 * Interval ticks are multiples of the interval since 1970, so that every process knows the same
 * ones. Cron patterns have five or six fields (seconds first); a wall-clock time that a switch to
 * summer time leaves out fires right after the gap, one that comes twice fires once.
 *
 * @throws {Error} on a pattern or time zone that is none.
 */
export function findNextTick(timing: Timing, after: number): number | undefined {
  if (timing.intervalSeconds !== null) {
    const interval = timing.intervalSeconds * 1_000;
    return (Math.floor(after / interval) + 1) * interval;
  }
  const pattern = timing.cron ?? '';
  // The library would also take a date, which fires once.
  if (!cronShape.test(pattern)) throw new Error('a cron pattern has five or six fields');
  const cron = new Cron(pattern, { timezone: timing.timeZone, mode: '5-or-6-parts' });
  return cron.nextRun(new Date(after))?.getTime();
}

/** How long after its tick a schedule fires, in milliseconds: the same in every process. */
export function jitterOf(schedule: string, tick: number, jitterSeconds: number): number {
  if (jitterSeconds === 0) return 0;
  const hash = createHash('sha256').update(`${schedule}@${tick}`).digest();
  return Math.floor((hash.readUInt32BE() / 2 ** 32) * jitterSeconds * 1_000);
}
