import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * Schedules and what became of their last ticks. `next_at` is the tick, `fire_at` the tick and its
 * jitter: when it is due. Times are milliseconds since 1970.
 */
export const schedulesMigration: Migration = {
  version: 2,
  statements: `
    CREATE TABLE schedules (
      name TEXT PRIMARY KEY,
      cron TEXT,
      time_zone TEXT NOT NULL,
      interval_seconds INTEGER,
      task TEXT NOT NULL,
      queue TEXT NOT NULL,
      args TEXT NOT NULL,
      priority INTEGER NOT NULL,
      max_attempts INTEGER NOT NULL,
      overlap TEXT NOT NULL CHECK (overlap IN ('skip', 'queue')),
      jitter_seconds INTEGER NOT NULL,
      paused INTEGER NOT NULL,
      built_in INTEGER NOT NULL,
      edited INTEGER NOT NULL,
      next_at INTEGER NOT NULL,
      fire_at INTEGER NOT NULL,
      last_task_id TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((cron IS NULL) <> (interval_seconds IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX schedules_due ON schedules (fire_at) WHERE paused = 0;

    CREATE TABLE schedule_runs (
      id INTEGER PRIMARY KEY,
      schedule TEXT NOT NULL REFERENCES schedules (name) ON DELETE CASCADE,
      tick_at INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('queued', 'caught_up', 'skipped', 'requested')),
      task_id TEXT
    ) STRICT;
    CREATE INDEX schedule_runs_schedule ON schedule_runs (schedule, id);
  `,
};
