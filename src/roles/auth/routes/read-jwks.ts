import { createRoute, z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import type { App } from '../../../platform/http/create-app.ts';
import type { AuthContext } from '../auth-context.ts';

const JwksSchema = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    ),
  })
  .openapi('JsonWebKeySet');

const route = createRoute({
  method: 'get',
  path: '/jwks.json',
  operationId: 'readJwks',
  tags: ['Tokens'],
  summary: 'The public keys that access tokens are checked with (RFC 7517)',
  middleware: etag(),
  responses: {
    200: { description: 'The keys.', content: { 'application/json': { schema: JwksSchema } } },
    304: { description: 'The keys of `If-None-Match` are still the ones.' },
  },
});

export function addReadJwks(app: App, auth: AuthContext): void {
  app.openapi(route, async (c) =>
    c.json(await auth.signer.readJwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  );
}
