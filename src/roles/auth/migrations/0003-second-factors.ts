import type { Migration } from '../../../platform/database/migrate.ts';

/** Authenticator apps of people, and the codes for when one is lost. */
export const secondFactors: Migration = {
  version: 3,
  statements: `
    create table second_factors (
      user_id text primary key references users (id) on delete cascade,
      secret blob not null,
      last_step integer not null,
      confirmed_at integer not null
    ) strict, without rowid;

    create table recovery_codes (
      user_id text not null references users (id) on delete cascade,
      hash blob not null,
      primary key (user_id, hash)
    ) strict, without rowid;
  `,
};
