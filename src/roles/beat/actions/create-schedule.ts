import { AppError } from '../../../platform/app-error.ts';
import type { BeatContext } from '../beat-context.ts';
import type { ScheduleRow } from '../store/beat-schema.ts';
import { firstTick } from './schedule-rows.ts';

export interface NewSchedule {
  name: string;
  cron?: string | undefined;
  time_zone: string;
  interval_seconds?: number | undefined;
  task: string;
  queue: string;
  args: Record<string, string | number | boolean | null>;
  priority: number;
  max_attempts: number;
  overlap: 'skip' | 'queue';
  jitter_seconds: number;
  paused: boolean;
}

/** @throws {AppError} `invalid_request` with the field; `name_taken`. */
export async function createSchedule(
  beat: BeatContext,
  schedule: NewSchedule,
): Promise<ScheduleRow> {
  const row = toScheduleRow(schedule, { now: beat.now(), builtIn: false });
  const inserted = await beat.schedules.write((trx) => beat.schedules.insert(trx, row));
  if (!inserted) {
    throw new AppError('name_taken', `there is a schedule ${row.name} already: change that one`);
  }
  beat.log.info({ schedule: row.name }, 'schedule created');
  beat.scheduleChanged();
  return row;
}

export function toScheduleRow(
  schedule: NewSchedule,
  { now, builtIn }: { now: number; builtIn: boolean },
): ScheduleRow {
  const { name, cron = null, interval_seconds = null, args, paused, ...same } = schedule;
  const timing = { cron, timeZone: schedule.time_zone, intervalSeconds: interval_seconds };
  return {
    ...same,
    name,
    cron,
    interval_seconds,
    args: JSON.stringify(args),
    paused: paused ? 1 : 0,
    built_in: builtIn ? 1 : 0,
    edited: 0,
    ...firstTick(name, timing, { after: now, jitterSeconds: schedule.jitter_seconds }),
    last_task_id: null,
    created_at: now,
    updated_at: now,
  };
}
