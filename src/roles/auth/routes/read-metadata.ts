import type { App } from '../../../platform/http/create-app.ts';
import type { AuthContext } from '../auth-context.ts';
import { hasPasswordGrant } from '../builtin-clients.ts';
import { grantTypes, personScopes } from '../client.ts';
import { endpointUrls } from '../endpoint-urls.ts';

const wellKnown = '/.well-known/oauth-authorization-server';

/**
 * What clients learn of this server (RFC 8414): between the issuer's host and path, as the standard has
 * it, and under the role's own path.
 */
export function addReadMetadata(app: App, auth: AuthContext): void {
  const { issuer } = auth.settings;
  const urls = endpointUrls(issuer);
  const { password, ...grants } = grantTypes;
  const secretMethods = ['client_secret_basic', 'client_secret_post'];
  const metadata = {
    issuer,
    authorization_endpoint: urls.authorize,
    token_endpoint: urls.token,
    jwks_uri: urls.jwks,
    revocation_endpoint: urls.revoke,
    introspection_endpoint: urls.introspect,
    device_authorization_endpoint: urls.startDevice,
    scopes_supported: Object.keys(personScopes),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    // The password grant is for first-party scripts of the first version, and goes with OAuth 2.1.
    grant_types_supported: [
      ...Object.values(grants),
      ...(hasPasswordGrant(auth.settings) ? [password] : []),
    ],
    token_endpoint_auth_methods_supported: ['none', ...secretMethods],
    revocation_endpoint_auth_methods_supported: ['none', ...secretMethods],
    introspection_endpoint_auth_methods_supported: secretMethods,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    service_documentation: urls.docs,
  };
  const path = new URL(issuer).pathname.replace(/\/$/, '');
  for (const place of new Set([wellKnown, `${wellKnown}${path}`])) {
    app.get(place, (c) => c.json(metadata, 200, { 'Cache-Control': 'public, max-age=300' }));
  }
}
