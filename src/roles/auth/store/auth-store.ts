import type { Transaction } from 'kysely';
import { openDatabase, type Store } from '../../../platform/database/open-database.ts';
import type { UserRole } from '../../../platform/http/principal.ts';
import { firstSchema } from '../migrations/0001-first-schema.ts';
import { authorization } from '../migrations/0002-authorization.ts';
import { secondFactors } from '../migrations/0003-second-factors.ts';
import { personalTokens } from '../migrations/0004-personal-tokens.ts';

export const userStatuses = ['active', 'disabled'] as const;
export type UserStatus = (typeof userStatuses)[number];

/** All `…_at` columns are Unix times in milliseconds. */
export interface UserRow {
  id: string;
  /** Normalised: see `normaliseEmail`. */
  email: string;
  /** PHC string format, argon2id. */
  password_hash: string;
  role: UserRole;
  status: UserStatus;
  created_at: number;
}

export interface SessionRow {
  id: string;
  user_id: string;
  created_at: number;
  /** Moves on with every refresh, never beyond `expires_at`. */
  idle_expires_at: number;
  expires_at: number;
  ended_at: number | null;
  /** Whom it was opened for. */
  client_id: string;
  /** Separated by spaces; empty: it may do all that its user may. */
  scope: string;
  /** The sign-in it came from, and ends with; null where there was no browser. */
  browser_session_id: string | null;
}

export interface BrowserSessionRow {
  id: string;
  /** SHA-256 of the cookie. */
  secret_hash: Uint8Array;
  user_id: string;
  created_at: number;
  /** Moves on with use, never beyond `expires_at`. */
  idle_expires_at: number;
  expires_at: number;
}

export interface ClientRow {
  id: string;
  name: string;
  /** SHA-256 of the secret; null for a client that cannot keep one. */
  secret_hash: Uint8Array | null;
  /** A JSON array. */
  redirect_uris: string;
  /** Separated by spaces. */
  grants: string;
  /** Separated by spaces. */
  scopes: string;
  created_by: string;
  created_at: number;
}

export interface AuthorizationCodeRow {
  /** SHA-256 of the code. */
  hash: Uint8Array;
  client_id: string;
  user_id: string;
  browser_session_id: string;
  redirect_uri: string;
  code_challenge: string;
  scope: string;
  expires_at: number;
  used_at: number | null;
  /** What it was redeemed for; ended when the code comes again. */
  session_id: string | null;
  /** Till then a code that comes again is known. */
  stale_at: number;
}

export interface ConsentRow {
  user_id: string;
  client_id: string;
  scope: string;
  granted_at: number;
}

export interface DeviceCodeRow {
  /** SHA-256 of the device code. */
  hash: Uint8Array;
  /** Keyed hash of the code that a person types. */
  user_code_hash: Uint8Array;
  client_id: string;
  scope: string;
  status: 'pending' | 'approved' | 'denied';
  /** Who decided. */
  user_id: string | null;
  interval_seconds: number;
  polled_at: number;
  expires_at: number;
}

export interface SecondFactorRow {
  user_id: string;
  /** The key that the person's app has too. */
  secret: Uint8Array;
  /** The last time step that a code was taken of: each works once. */
  last_step: number;
  confirmed_at: number;
}

export interface RecoveryCodeRow {
  user_id: string;
  /** SHA-256 of the code. */
  hash: Uint8Array;
}

export interface PersonalTokenRow {
  /** SHA-256 of the token. */
  hash: Uint8Array;
  session_id: string;
  name: string;
}

export interface AuditEventRow {
  /** Counts from 1 without gaps. */
  sequence: number;
  at: number;
  event: string;
  /** Who did it: a user or a client. */
  actor: string | null;
  /** To whom or what. */
  subject: string | null;
  client_id: string | null;
  address: string | null;
  /** SHA-256 over the hash before and this row. */
  hash: Uint8Array;
}

export interface RefreshTokenRow {
  /** SHA-256 of the token. */
  hash: Uint8Array;
  session_id: string;
  expires_at: number;
  /** When its successor was made; null for the token that is in use. */
  rotated_at: number | null;
}

export interface InviteRow {
  id: string;
  /** SHA-256 of the code. */
  code_hash: Uint8Array;
  /** When set, only this address may use it. */
  email: string | null;
  role: UserRole;
  created_by: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface ThrottleRow {
  /** Keyed hash of what is throttled: the table holds no address of any kind. */
  key: Uint8Array;
  /** Failures in a row (accounts) or tokens spent (addresses). */
  level: number;
  updated_at: number;
  blocked_until: number;
  /** From here on the row means nothing. */
  stale_at: number;
}

export interface SigningKeyRow {
  kid: string;
  /** JSON Web Key with its private part (RFC 8037). */
  private_jwk: string;
  created_at: number;
}

export interface SecretRow {
  name: string;
  value: Uint8Array;
}

export interface AuthSchema {
  users: UserRow;
  sessions: SessionRow;
  refresh_tokens: RefreshTokenRow;
  browser_sessions: BrowserSessionRow;
  clients: ClientRow;
  authorization_codes: AuthorizationCodeRow;
  consents: ConsentRow;
  device_codes: DeviceCodeRow;
  second_factors: SecondFactorRow;
  recovery_codes: RecoveryCodeRow;
  personal_tokens: PersonalTokenRow;
  audit_events: AuditEventRow;
  invites: InviteRow;
  throttles: ThrottleRow;
  signing_keys: SigningKeyRow;
  secrets: SecretRow;
}

export type AuthStore = Store<AuthSchema>;
export type AuthTransaction = Transaction<AuthSchema>;

/** Opens `auth.db`, migrated. */
export function openAuthStore(path: string): AuthStore {
  return openDatabase<AuthSchema>(path, [
    firstSchema,
    authorization,
    secondFactors,
    personalTokens,
  ]);
}
