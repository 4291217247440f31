import type { Transaction } from 'kysely';
import { openDatabase, type Store } from '../../../platform/database/open-database.ts';
import type { UserRole } from '../../../platform/http/principal.ts';
import { firstSchema } from '../migrations/0001-first-schema.ts';

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
  invites: InviteRow;
  throttles: ThrottleRow;
  signing_keys: SigningKeyRow;
  secrets: SecretRow;
}

export type AuthStore = Store<AuthSchema>;
export type AuthTransaction = Transaction<AuthSchema>;

/** Opens `auth.db`, migrated. */
export function openAuthStore(path: string): AuthStore {
  return openDatabase<AuthSchema>(path, [firstSchema]);
}
