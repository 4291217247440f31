import { AppError } from '../../../platform/app-error.ts';
import { findNextTick, jitterOf, type Timing } from '../schedule-timing.ts';
import type { ScheduleRow } from '../store/beat-schema.ts';

export function timingOf(row: ScheduleRow): Timing {
  return { cron: row.cron, timeZone: row.time_zone, intervalSeconds: row.interval_seconds };
}

/**
 * When a schedule fires first after a time.
 *
 * @throws {AppError} `invalid_request`, naming the field, when its timing makes no sense.
 */
export function firstTick(
  name: string,
  timing: Timing,
  options: { after: number; jitterSeconds: number },
): { next_at: number; fire_at: number } {
  const { after, jitterSeconds } = options;
  if ((timing.cron === null) === (timing.intervalSeconds === null)) {
    throw invalid('cron', 'give either cron or interval_seconds');
  }
  checkTimeZone(timing.timeZone);
  let next: number | undefined;
  try {
    next = findNextTick(timing, after);
  } catch {
    throw invalid('cron', 'this is no cron pattern of five or six fields');
  }
  if (next === undefined) throw invalid('cron', 'no day ever fits this pattern');
  return { next_at: next, fire_at: next + jitterOf(name, next, jitterSeconds) };
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw invalid('time_zone', 'there is no such time zone: use a name like Europe/Vienna');
  }
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid_request', `the schedule makes no sense: ${message}`, {
    fields: [{ field: `body.${field}`, message }],
  });
}
