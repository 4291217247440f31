/** Where an installation's endpoints are: at the issuer's origin, under the role's public path. */
export function endpointUrls(issuer: string) {
  const base = `${new URL(issuer).origin}/api/auth`;
  return {
    authorize: `${base}/authorize`,
    token: `${base}/token`,
    jwks: `${base}/jwks.json`,
    revoke: `${base}/revoke`,
    introspect: `${base}/introspect`,
    startDevice: `${base}/device_authorization`,
    device: `${base}/device`,
    docs: `${base}/docs`,
  } as const;
}
