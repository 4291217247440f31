import type { AuthSettings } from './auth-settings.ts';
import { type Client, grantTypes, personScopes } from './client.ts';
import { hashSecret } from './opaque-secret.ts';
import { serviceScopes } from './service-scopes.ts';

/** The client of whoever names none: first-party scripts with the password grant. */
export const defaultClientId = 'sensitivity';

/** The client of `sensitivity login`. */
export const commandLineClientId = 'sensitivity-cli';

/** The client of personal access tokens; it asks for nothing itself. */
export const personalTokenClientId = 'personal-token';

/** The client of the interactive documentation. */
export const docsClientId = 'swagger';

const rolesWithDocs = ['auth', 'file', 'beat'] as const;

/** The clients that every installation has. */
export function builtInClients(settings: AuthSettings): ReadonlyMap<string, Client> {
  const { code, refresh, device, clientCredentials, password } = grantTypes;
  const firstParty = { isFirstParty: true, redirectUris: [], scopes: Object.keys(personScopes) };
  const clients: Client[] = [
    {
      ...firstParty,
      id: defaultClientId,
      name: 'Sensitivity',
      grants: hasPasswordGrant(settings) ? [password, refresh] : [refresh],
    },
    {
      ...firstParty,
      id: commandLineClientId,
      name: 'Sensitivity on the command line',
      grants: [device, refresh],
    },
    { ...firstParty, id: personalTokenClientId, name: 'Personal access token', grants: [] },
    {
      ...firstParty,
      id: docsClientId,
      name: 'Sensitivity’s API documentation',
      redirectUris: sameOrigins(settings.issuer).flatMap((origin) =>
        rolesWithDocs.map((role) => `${origin}/api/${role}/docs/oauth2-redirect.html`),
      ),
      grants: [code, refresh],
    },
    ...settings.services
      .filter(({ secret }) => secret !== '')
      .map(({ id, secret }) => ({
        id,
        name: id,
        secretHash: hashSecret(secret),
        isFirstParty: true,
        redirectUris: [],
        grants: [clientCredentials],
        scopes: serviceScopes[id],
      })),
  ];
  return new Map(clients.map((client) => [client.id, client]));
}

/** A password alone is no way in where everybody needs a second factor. */
export function hasPasswordGrant({ passwordGrant, secondFactor }: AuthSettings): boolean {
  return passwordGrant && secondFactor === 'optional';
}

/** The issuer's origin; on the machine itself by each of the names that a browser has for it. */
function sameOrigins(issuer: string): string[] {
  const { origin, protocol, hostname, port } = new URL(issuer);
  if (hostname !== 'localhost') return [origin];
  const suffix = port === '' ? '' : `:${port}`;
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `${protocol}//${host}${suffix}`);
}
