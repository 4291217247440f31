import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * `contents` has a row for each distinct sequence of bytes and what its last scan said; `files`
 * has a row for each upload and copies of what lists filter and sort by. Every offered filter
 * and sort has its index, so that a page costs the same however many files there are.
 */
export const migration0001: Migration = {
  version: 1,
  statements: `
    create table installation (
      id integer primary key check (id = 1),
      cursor_key blob not null,
      fingerprint_key blob not null
    ) strict;

    create table revisions (
      revision integer primary key,
      policy_version text not null,
      engine_version text not null,
      created_at text not null,
      unique (policy_version, engine_version)
    ) strict;

    create table owners (
      owner integer primary key,
      subject text not null unique,
      username text,
      used_bytes integer not null default 0
    ) strict;
    create index owners_username on owners (username);

    create table contents (
      sha256 text primary key,
      size integer not null,
      status text not null check (status in ('pending', 'scanning', 'scored', 'partial', 'failed')),
      status_reason text,
      score integer,
      label text,
      report text,
      revision integer not null references revisions (revision),
      attempts integer not null default 0,
      due_at integer,
      scanned_at text
    ) strict, without rowid;
    create index contents_due on contents (due_at) where due_at is not null;
    create index contents_revision on contents (revision) where due_at is null;

    create table findings (
      sha256 text not null references contents (sha256) on delete cascade,
      ordinal integer not null,
      type text not null,
      body text not null,
      primary key (sha256, ordinal)
    ) strict, without rowid;
    create index findings_type on findings (sha256, type, ordinal);

    create table files (
      seq integer primary key autoincrement,
      id text not null unique,
      owner integer not null references owners (owner),
      name text not null,
      name_folded text not null,
      version integer not null,
      current integer not null check (current in (0, 1)),
      size integer not null,
      sha256 text not null references contents (sha256),
      media_type text not null,
      status text not null check (status in ('pending', 'scanning', 'scored', 'partial', 'failed')),
      status_reason text,
      score integer,
      rank integer not null generated always as (ifnull(score, -1)) virtual,
      label text,
      created_at text not null,
      updated_at text not null
    ) strict;
    create index files_sha256 on files (sha256);
    create unique index files_name_version on files (owner, name, version);
    create index files_seq on files (seq) where current = 1;
    create index files_rank on files (rank, seq) where current = 1;
    create index files_name on files (name, seq) where current = 1;
    create index files_label on files (label, seq) where current = 1;
    create index files_label_rank on files (label, rank, seq) where current = 1;
    create index files_status on files (status, seq) where current = 1;
    create index files_status_rank on files (status, rank, seq) where current = 1;
    create index files_owner on files (owner, seq) where current = 1;
    create index files_owner_rank on files (owner, rank, seq) where current = 1;
    create index files_owner_name on files (owner, name, seq) where current = 1;
    create index files_owner_label on files (owner, label, seq) where current = 1;
    create index files_owner_label_rank on files (owner, label, rank, seq) where current = 1;
    create index files_owner_status on files (owner, status, seq) where current = 1;
    create index files_owner_status_rank on files (owner, status, rank, seq) where current = 1;

    create table file_types (
      type text not null,
      seq integer not null references files (seq) on delete cascade,
      owner integer not null,
      rank integer not null,
      primary key (type, seq)
    ) strict, without rowid;
    create index file_types_rank on file_types (type, rank, seq);
    create index file_types_owner on file_types (owner, type, seq);
    create index file_types_owner_rank on file_types (owner, type, rank, seq);
    create index file_types_seq on file_types (seq);

    create virtual table file_names using fts5 (
      name_folded, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1,
      detail = 'none'
    );

    create table file_counts (
      owner integer not null,
      facet text not null,
      value text not null,
      files integer not null,
      primary key (owner, facet, value)
    ) strict, without rowid;

    create table outbox (
      seq integer primary key autoincrement,
      key text not null,
      task text not null
    ) strict;

    create table events (
      seq integer primary key autoincrement,
      owner integer not null,
      kind text not null,
      body text not null,
      at integer not null
    ) strict;
    create index events_at on events (at);
    create index events_owner on events (owner, seq);

    create table idempotency_keys (
      owner integer not null,
      key text not null,
      fingerprint text not null,
      file_ids text not null,
      at integer not null,
      primary key (owner, key)
    ) strict, without rowid;
    create index idempotency_keys_at on idempotency_keys (at);

    create table unlinks (
      sha256 text primary key
    ) strict, without rowid;

    create table audit (
      seq integer primary key autoincrement,
      at text not null,
      actor text not null,
      action text not null,
      file_id text not null,
      request_id text not null
    ) strict;
  `,
};
