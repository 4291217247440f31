import type { Migration } from '../../../platform/database/migrate.ts';

/** Users, sessions with their refresh tokens, invites, throttles, and the keys auth signs with. */
export const firstSchema: Migration = {
  version: 1,
  statements: `
    create table users (
      id text primary key,
      email text not null unique,
      password_hash text not null,
      role text not null check (role in ('user', 'auditor', 'admin')),
      status text not null check (status in ('active', 'disabled')),
      created_at integer not null
    ) strict, without rowid;

    create index users_active_admins on users (id) where role = 'admin' and status = 'active';

    create table sessions (
      id text primary key,
      user_id text not null references users (id) on delete cascade,
      created_at integer not null,
      idle_expires_at integer not null,
      expires_at integer not null,
      ended_at integer
    ) strict, without rowid;

    create index sessions_of_user on sessions (user_id) where ended_at is null;
    create index sessions_by_idle_expiry on sessions (idle_expires_at);
    create index sessions_ended on sessions (ended_at) where ended_at is not null;

    create table refresh_tokens (
      hash blob primary key,
      session_id text not null references sessions (id) on delete cascade,
      expires_at integer not null,
      rotated_at integer
    ) strict, without rowid;

    create index refresh_tokens_of_session on refresh_tokens (session_id);
    create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

    create table invites (
      id text primary key,
      code_hash blob not null unique,
      email text,
      role text not null check (role in ('user', 'auditor', 'admin')),
      created_by text not null references users (id),
      created_at integer not null,
      expires_at integer not null,
      used_at integer
    ) strict, without rowid;

    create index invites_by_expiry on invites (expires_at);

    create table throttles (
      key blob primary key,
      level real not null,
      updated_at integer not null,
      blocked_until integer not null,
      stale_at integer not null
    ) strict, without rowid;

    create index throttles_by_staleness on throttles (stale_at);

    create table signing_keys (
      kid text primary key,
      private_jwk text not null,
      created_at integer not null
    ) strict, without rowid;

    create table secrets (
      name text primary key,
      value blob not null
    ) strict, without rowid;
  `,
};
