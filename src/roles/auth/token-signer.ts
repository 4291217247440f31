import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { z } from '@hono/zod-openapi';
// hono/jwt's own sign() writes typ JWT; RFC 9068 wants at+jwt, so the layer below it signs.
import { signing } from 'hono/utils/jwt/jws';
import type { AuthStore, SigningKeyRow } from './store/auth-store.ts';
import { readSigningKeys } from './store/keys.ts';

const PrivateJwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
});

/** A public key as others need it to check a token (RFC 7517, RFC 8037). */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

/** Signs access tokens with the newest key of the installation. */
export class TokenSigner {
  readonly jwks: { keys: PublicJwk[] };
  readonly #key: CryptoKey;
  readonly #header: string;

  private constructor(key: CryptoKey, keys: [PublicJwk, ...PublicJwk[]]) {
    this.#key = key;
    this.#header = encode({ alg: 'EdDSA', typ: 'at+jwt', kid: keys[0].kid });
    this.jwks = { keys };
  }

  /** Reads the keys, making the first one where there is none; safe with several processes. */
  static async open(store: AuthStore): Promise<TokenSigner> {
    const candidate = makeSigningKey();
    const rows = await store.write((trx) => readSigningKeys(trx, candidate));
    const [newest = candidate, ...older] = rows;
    const { d, ...rest } = PrivateJwkSchema.parse(JSON.parse(newest.private_jwk));
    const key = createPrivateKey({ key: { ...rest, d }, format: 'jwk' });
    const cryptoKey = key.toCryptoKey({ name: 'Ed25519' }, false, ['sign']);
    return new TokenSigner(cryptoKey, [toPublicJwk(newest), ...older.map(toPublicJwk)]);
  }

  /** A JWS in compact form (RFC 7515) over the claims. */
  async sign(claims: Record<string, unknown>): Promise<string> {
    const signed = `${this.#header}.${encode(claims)}`;
    const signature = await signing(this.#key, 'EdDSA', new TextEncoder().encode(signed));
    return `${signed}.${Buffer.from(signature).toString('base64url')}`;
  }
}

function makeSigningKey(): SigningKeyRow {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { kty, crv, x, d } = PrivateJwkSchema.parse(jwk);
  // The key id is the key's thumbprint (RFC 7638).
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kid, private_jwk: JSON.stringify({ kty, crv, x, d }), created_at: Date.now() };
}

function toPublicJwk({ kid, private_jwk }: SigningKeyRow): PublicJwk {
  const { kty, crv, x } = PrivateJwkSchema.parse(JSON.parse(private_jwk));
  return { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' };
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
