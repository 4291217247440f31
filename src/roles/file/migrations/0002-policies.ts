import type { Migration } from '../../../platform/database/migrate.ts';

/**
 * Every version of the policy that was ever in force, and for each revision the policy it stands
 * for. A content knows the revision it was scanned under beside the one its score is of, so that
 * a change of policy can tell what has to be read again. The audit speaks of policies as well.
 */
export const migration0002: Migration = {
  version: 2,
  statements: `
    create table policies (
      version integer primary key,
      format text not null check (format in ('yaml', 'json')),
      source text not null,
      policy text not null,
      actor text not null,
      created_at text not null
    ) strict;

    alter table revisions add column policy text;
    alter table contents add column scanned_revision integer references revisions (revision);
    alter table audit rename column file_id to target;
  `,
};
