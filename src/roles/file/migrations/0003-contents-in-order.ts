import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * The bytes of small contents, and contents by number instead of by hash: what was uploaded
 * together lies together, so that inserting, re-scoring and deleting in that order write few
 * pages. Contents from before keep the files of their bytes.
 */
export const migration0003: Migration = {
  version: 3,
  statements: `
    create table ordered_contents (
      seq integer primary key,
      sha256 text not null unique,
      size integer not null,
      status text not null check (status in ('pending', 'scanning', 'scored', 'partial', 'failed')),
      status_reason text,
      score integer,
      label text,
      report text,
      revision integer not null references revisions (revision),
      attempts integer not null default 0,
      due_at integer,
      scanned_at text,
      scanned_revision integer references revisions (revision)
    ) strict;
    insert into ordered_contents (sha256, size, status, status_reason, score, label, report,
        revision, attempts, due_at, scanned_at, scanned_revision)
      select sha256, size, status, status_reason, score, label, report,
        revision, attempts, due_at, scanned_at, scanned_revision
      from contents order by (select min(seq) from files where files.sha256 = contents.sha256);
    drop table contents;
    alter table ordered_contents rename to contents;
    create index contents_due on contents (due_at) where due_at is not null;
    create index contents_revision on contents (revision) where due_at is null;

    create table small_contents (
      seq integer primary key,
      sha256 text not null unique references contents (sha256) on delete cascade,
      bytes blob not null
    ) strict;
  `,
};
