import { exchangeGrant } from '../../platform/http/exchange-token.ts';

/** Grant types of the token endpoint. */
export const grantTypes = {
  code: 'authorization_code',
  refresh: 'refresh_token',
  device: 'urn:ietf:params:oauth:grant-type:device_code',
  clientCredentials: 'client_credentials',
  password: 'password',
  exchange: exchangeGrant,
} as const;

export type GrantType = (typeof grantTypes)[keyof typeof grantTypes];

/** What a person can let a client do in their name. */
export const personScopes = {
  read: 'see your files, their scores and findings',
  write: 'upload, change and delete your files',
} as const;

/** What scopes let a client do, in words for people. */
export function describeScopes(scopes: readonly string[]): string {
  const texts = Object.entries(personScopes).filter(([scope]) => scopes.includes(scope));
  return texts.map(([, text]) => text).join('; ');
}

/** What a client that acts in its own name can be given. */
export const ownScopes = ['users:read', 'content:read'] as const;

/** Who asks for tokens (RFC 6749, section 2). */
export interface Client {
  id: string;
  /** As people are told. */
  name: string;
  /** SHA-256 of its secret; absent for a client that cannot keep one. */
  secretHash?: Uint8Array;
  /** Belongs to the installation: people are not asked, and a token without scopes is not limited. */
  isFirstParty: boolean;
  redirectUris: readonly string[];
  grants: readonly GrantType[];
  scopes: readonly string[];
}

/** The scopes of a request, each once; undefined on what is no list of scopes (RFC 6749, 3.3). */
export function parseScope(scope: string): string[] | undefined {
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(scope)) return undefined;
  return [...new Set(scope.split(' '))];
}
