import { AppError } from '../../../platform/app-error.ts';
import type { BeatContext } from '../beat-context.ts';
import type { ScheduleRow } from '../store/beat-schema.ts';
import type { NewSchedule } from './create-schedule.ts';
import { firstTick, timingOf } from './schedule-rows.ts';

export type ScheduleChange = {
  [Field in keyof Omit<NewSchedule, 'name'>]?: NewSchedule[Field] | undefined;
};

/**
 * Changes the given fields; a cron pattern replaces an interval and the other way round. What
 * changes when it fires, or ends a pause, counts from now.
 *
 * @throws {AppError} `not_found`; `invalid_request` with the field.
 */
export async function changeSchedule(
  beat: BeatContext,
  name: string,
  change: ScheduleChange,
): Promise<ScheduleRow> {
  const { schedules } = beat;
  const row = await schedules.write(async (trx) => {
    const before = await schedules.findWithin(trx, name);
    if (!before) throw new AppError('not_found', `there is no schedule ${name}`);
    const now = beat.now();
    const after = applyChange(before, change);
    const ticksAnew =
      after.cron !== before.cron ||
      after.interval_seconds !== before.interval_seconds ||
      after.time_zone !== before.time_zone ||
      after.jitter_seconds !== before.jitter_seconds ||
      after.paused < before.paused;
    if (ticksAnew) {
      const options = { after: now, jitterSeconds: after.jitter_seconds };
      Object.assign(after, firstTick(name, timingOf(after), options));
    }
    Object.assign(after, { edited: 1, updated_at: now });
    await schedules.update(trx, name, after);
    return after;
  });
  beat.log.info({ schedule: name, fields: Object.keys(change) }, 'schedule changed');
  beat.scheduleChanged();
  return row;
}

function applyChange(row: ScheduleRow, change: ScheduleChange): ScheduleRow {
  const { cron, interval_seconds, args, paused, ...same } = change;
  const after: ScheduleRow = { ...row };
  for (const [field, value] of Object.entries(same)) {
    if (value !== undefined) Object.assign(after, { [field]: value });
  }
  if (args !== undefined) after.args = JSON.stringify(args);
  if (paused !== undefined) after.paused = paused ? 1 : 0;
  if (cron !== undefined || interval_seconds !== undefined) {
    after.cron = cron ?? null;
    after.interval_seconds = interval_seconds ?? null;
  }
  return after;
}
