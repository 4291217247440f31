import type { BeatContext } from '../beat-context.ts';
import { type NewSchedule, toScheduleRow } from './create-schedule.ts';
import { firstTick, timingOf } from './schedule-rows.ts';

/**
 * Inserts the schedules that the software itself needs, where they are missing. One that nobody
 * has edited follows the settings; one that somebody has is left as it is.
 */
export async function insertBuiltInSchedules(
  { schedules, now }: BeatContext,
  sweepSeconds: number,
): Promise<void> {
  const interval_seconds = Math.max(1, Math.round(sweepSeconds));
  const builtIn = [
    maintenance('update_sensitivity_score', { interval_seconds, max_attempts: 1 }),
    maintenance('purge_expired_tokens', { interval_seconds: 3_600 }),
    maintenance('purge_abandoned_uploads', { interval_seconds: 3_600 }),
    maintenance('purge_finished_tasks', { interval_seconds: 600 }),
  ];
  await schedules.write(async (trx) => {
    for (const schedule of builtIn) {
      const time = now();
      const row = toScheduleRow(schedule, { now: time, builtIn: true });
      if (await schedules.insert(trx, row)) continue;
      const known = await schedules.findWithin(trx, row.name);
      if (known?.edited !== 0 || known.interval_seconds === row.interval_seconds) continue;
      const { interval_seconds } = row;
      const timing = timingOf({ ...known, interval_seconds });
      const ticks = firstTick(row.name, timing, { after: time, jitterSeconds: 0 });
      await schedules.update(trx, row.name, { interval_seconds, ...ticks, updated_at: time });
    }
  });
}

function maintenance(
  name: string,
  own: { interval_seconds: number; max_attempts?: number },
): NewSchedule {
  return {
    name,
    time_zone: 'UTC',
    task: name,
    queue: 'maintenance',
    args: {},
    priority: 5,
    max_attempts: 2,
    overlap: 'skip',
    jitter_seconds: 0,
    paused: false,
    ...own,
  };
}
