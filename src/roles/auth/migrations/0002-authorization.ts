import type { Migration } from '../../../platform/database/migrate.ts';

/** Clients, sign-in from a browser, what is granted through it, devices, and the audit log. */
export const authorization: Migration = {
  version: 2,
  statements: `
    create table clients (
      id text primary key,
      name text not null,
      secret_hash blob,
      redirect_uris text not null,
      grants text not null,
      scopes text not null,
      created_by text not null references users (id),
      created_at integer not null
    ) strict, without rowid;

    create table browser_sessions (
      id text primary key,
      secret_hash blob not null unique,
      user_id text not null references users (id) on delete cascade,
      created_at integer not null,
      idle_expires_at integer not null,
      expires_at integer not null
    ) strict, without rowid;

    create index browser_sessions_of_user on browser_sessions (user_id);
    create index browser_sessions_by_idle_expiry on browser_sessions (idle_expires_at);

    alter table sessions add column client_id text not null default 'sensitivity';
    alter table sessions add column scope text not null default '';
    alter table sessions add column browser_session_id text
      references browser_sessions (id) on delete set null;

    create index sessions_of_browser on sessions (browser_session_id)
      where browser_session_id is not null;

    create table authorization_codes (
      hash blob primary key,
      client_id text not null,
      user_id text not null references users (id) on delete cascade,
      browser_session_id text not null references browser_sessions (id) on delete cascade,
      redirect_uri text not null,
      code_challenge text not null,
      scope text not null,
      expires_at integer not null,
      used_at integer,
      session_id text,
      stale_at integer not null
    ) strict, without rowid;

    create index authorization_codes_by_staleness on authorization_codes (stale_at);
    create index authorization_codes_of_browser on authorization_codes (browser_session_id);
    create index authorization_codes_of_user on authorization_codes (user_id);

    create table consents (
      user_id text not null references users (id) on delete cascade,
      client_id text not null,
      scope text not null,
      granted_at integer not null,
      primary key (user_id, client_id)
    ) strict, without rowid;

    create table device_codes (
      hash blob primary key,
      user_code_hash blob not null unique,
      client_id text not null,
      scope text not null,
      status text not null check (status in ('pending', 'approved', 'denied')),
      user_id text references users (id) on delete cascade,
      interval_seconds integer not null,
      polled_at integer not null,
      expires_at integer not null
    ) strict, without rowid;

    create index device_codes_by_expiry on device_codes (expires_at);
    create index device_codes_of_user on device_codes (user_id);

    create table audit_events (
      sequence integer primary key,
      at integer not null,
      event text not null,
      actor text,
      subject text,
      client_id text,
      address text,
      hash blob not null
    ) strict;

    create trigger audit_events_stay before delete on audit_events
    begin
      select raise(abort, 'the audit log is append-only');
    end;

    create trigger audit_events_do_not_change before update on audit_events
    begin
      select raise(abort, 'the audit log is append-only');
    end;
  `,
};
