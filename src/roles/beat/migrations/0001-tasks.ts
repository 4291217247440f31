import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * The queue. A kind is a queue and a task's name together, and counts its tasks by state, so that
 * nobody ever counts tasks. States: 0 ready, 1 scheduled, 2 leased, 3 dead, 4 finished. Each step
 * of a task's life has a partial index of its own: what is in another state costs it nothing. What is
 * published under the key of a leased task waits in `again`, as JSON, until the lease ends.
 * Times are milliseconds since 1970.
 */
export const tasksMigration: Migration = {
  version: 1,
  statements: `
    CREATE TABLE meta (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO meta VALUES ('cursor_key', randomblob(32));

    CREATE TABLE kinds (
      id INTEGER PRIMARY KEY,
      queue TEXT NOT NULL,
      name TEXT NOT NULL,
      ready INTEGER NOT NULL DEFAULT 0,
      scheduled INTEGER NOT NULL DEFAULT 0,
      leased INTEGER NOT NULL DEFAULT 0,
      dead INTEGER NOT NULL DEFAULT 0,
      finished INTEGER NOT NULL DEFAULT 0,
      UNIQUE (queue, name)
    ) STRICT;

    CREATE TABLE workers (
      id INTEGER PRIMARY KEY,
      session TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      since INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE tasks (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
      priority INTEGER NOT NULL,
      key TEXT,
      args TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      max_attempts INTEGER NOT NULL,
      lapses INTEGER NOT NULL,
      request_id TEXT,
      created_at INTEGER NOT NULL,
      run_at INTEGER NOT NULL,
      lease TEXT,
      leased_until INTEGER,
      worker INTEGER,
      finished_at INTEGER,
      reason TEXT,
      again TEXT
    ) STRICT;
    CREATE UNIQUE INDEX tasks_key ON tasks (key) WHERE key IS NOT NULL AND state < 4;
    CREATE INDEX tasks_ready ON tasks (kind, priority DESC, run_at, seq) WHERE state = 0;
    CREATE INDEX tasks_scheduled ON tasks (run_at) WHERE state = 1;
    CREATE INDEX tasks_leased ON tasks (leased_until) WHERE state = 2;
    CREATE INDEX tasks_finished ON tasks (finished_at) WHERE state = 4;
    CREATE INDEX tasks_listed ON tasks (kind, state, seq);
  `,
};
