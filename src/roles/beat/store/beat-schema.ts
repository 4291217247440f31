import type { Generated } from 'kysely';

/** What Kysely knows of beat.db; all else about tasks is the queue's own. */
export interface BeatSchema {
  schedules: ScheduleRow;
  schedule_runs: ScheduleRunRow;
  tasks: { id: string; state: number };
}

export interface ScheduleRow {
  name: string;
  cron: string | null;
  time_zone: string;
  interval_seconds: number | null;
  task: string;
  queue: string;
  args: string;
  priority: number;
  max_attempts: number;
  overlap: 'skip' | 'queue';
  jitter_seconds: number;
  paused: 0 | 1;
  built_in: 0 | 1;
  edited: 0 | 1;
  next_at: number;
  fire_at: number;
  last_task_id: string | null;
  created_at: number;
  updated_at: number;
}

export type RunOutcome = 'queued' | 'caught_up' | 'skipped' | 'requested';

export interface ScheduleRunRow {
  id: Generated<number>;
  schedule: string;
  tick_at: number;
  started_at: number;
  outcome: RunOutcome;
  task_id: string | null;
}
