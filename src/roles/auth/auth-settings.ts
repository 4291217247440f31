import type { ServerSettings } from '../../platform/role-settings.ts';
import type { ServiceId } from './service-scopes.ts';

/** What the auth role is started with. */
export interface AuthSettings extends ServerSettings {
  /** `iss` of the tokens. */
  issuer: string;
  /** `aud` of the tokens. */
  audience: string;
  /** Who may register; the first user ever always may, and becomes the admin. */
  registration: 'open' | 'invite' | 'closed';
  /** Whether first-party scripts may trade a password for tokens. */
  passwordGrant: boolean;
  /** Whether people have to add an authenticator app before any client gets tokens for them. */
  secondFactor: 'optional' | 'required';
  /** How long an access token is good. */
  accessTokenSeconds: number;
  /** How long a session lasts without being refreshed. */
  refreshIdleSeconds: number;
  /** How long a session lasts at most. */
  refreshAbsoluteSeconds: number;
  /** The other roles and their secrets. */
  services: { id: ServiceId; secret: string }[];
  /** Networks whose `X-Forwarded-For` is believed, in CIDR notation. */
  trustedProxies: string[];
  /** Passwords hashed at once: each takes a core, 19 MiB and one of libuv's threads (4 by default). */
  passwordHashParallelism: number;
}
