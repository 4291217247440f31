import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * Results of scans: journal while `delivered` is 0, cache afterwards. The same bytes under the
 * same policy and engine have one row.
 */
export const migration0001: Migration = {
  version: 1,
  statements: `
    create table results (
      seq integer primary key autoincrement,
      sha256 text not null,
      revision integer not null,
      engine_version text not null,
      document text not null,
      delivered integer not null check (delivered in (0, 1)),
      unique (sha256, revision, engine_version)
    ) strict;
    create index results_undelivered on results (seq) where delivered = 0;
  `,
};
