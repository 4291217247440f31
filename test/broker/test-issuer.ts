import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signing } from 'hono/utils/jwt/jws';
import { ServiceClient } from '../../src/platform/http/service-client.ts';

export interface TokenOptions {
  scopes?: string[];
  role?: 'user' | 'auditor' | 'admin';
  /** User id; a new one when left out. */
  subject?: string;
  /** Replaces claims, or leaves out those that are undefined. */
  claims?: Record<string, unknown>;
}

export interface TestIssuer {
  url: string;
  issuer: string;
  audience: string;
  /** An access token as auth would make it, with the claims wanted. */
  token: (options: TokenOptions) => Promise<string>;
  /** Calls as the service of a worker and publisher does. */
  client: ServiceClient;
  close: () => Promise<void>;
}

const serviceScopes = ['tasks:publish', 'tasks:lease', 'tasks:purge'];

/** The e-mail address that the test issuer tells of a user id. */
export function emailOf(subject: string): string {
  return `${subject}@issuer.test`;
}

/** A stand-in for the auth role: one key, its JWKS, tokens for services and users' addresses. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const kid = randomUUID();
  const issuer = 'https://issuer.test';
  const audience = 'sensitivity';

  async function token({ scopes = [], role, ...given }: TokenOptions): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      aud: audience,
      sub: role ? (given.subject ?? randomUUID()) : 'service',
      client_id: role ? 'web' : 'service',
      iat: now,
      exp: now + 3_600,
      jti: randomUUID(),
      scope: scopes.join(' '),
      ...(role && { roles: [role] }),
      ...given.claims,
    };
    const parts = [{ alg: 'EdDSA', typ: 'at+jwt', kid }, claims];
    const body = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const key = privateKey.toCryptoKey({ name: 'Ed25519' }, false, ['sign']);
    const signature = await signing(key, 'EdDSA', Buffer.from(body.join('.')));
    return [...body, Buffer.from(signature).toString('base64url')].join('.');
  }

  const jwks = {
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' }],
  };

  async function answerTo(path: string): Promise<unknown> {
    if (path === '/api/auth/jwks.json') return jwks;
    const user = /^\/api\/auth\/users\/(.+)$/.exec(path)?.[1];
    if (user !== undefined) return { email: emailOf(decodeURIComponent(user)) };
    return { access_token: await token({ scopes: serviceScopes }), expires_in: 3_600 };
  }

  const server = createServer(async (request, response) => {
    const answer = await answerTo(request.url ?? '/');
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    issuer,
    audience,
    token,
    client: new ServiceClient({ authUrl: url, clientId: 'service', clientSecret: 'secret' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
