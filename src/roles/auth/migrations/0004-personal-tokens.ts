import type { Migration } from '../../../platform/database/migrate.ts';

/** Personal access tokens: each has a session of its own, and ends with it. */
export const personalTokens: Migration = {
  version: 4,
  statements: `
    create table personal_tokens (
      hash blob primary key,
      session_id text not null unique references sessions (id) on delete cascade,
      name text not null
    ) strict, without rowid;
  `,
};
