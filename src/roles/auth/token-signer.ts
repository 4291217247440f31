import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { z } from '@hono/zod-openapi';
// hono/jwt's own sign() writes typ JWT; RFC 9068 wants at+jwt, so the layer below it signs.
import { signing } from 'hono/utils/jwt/jws';
import type { AuthStore, SigningKeyRow } from './store/auth-store.ts';
import { ensureSigningKey, listSigningKeys } from './store/keys.ts';

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

interface Keys {
  signing: CryptoKey;
  /** Of the tokens, encoded. */
  header: string;
  jwks: { keys: PublicJwk[] };
}

/** Signs access tokens with the newest key of the installation, whoever made it. */
export class TokenSigner {
  /** How soon a key that another process made signs. */
  static readonly refreshMilliseconds = 1_000;
  readonly #store: AuthStore;
  #keys: Keys;
  #checkedAt = Date.now();

  private constructor(store: AuthStore, keys: Keys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Reads the keys, making the first one where there is none; safe with several processes. */
  static async open(store: AuthStore): Promise<TokenSigner> {
    const candidate = makeSigningKey();
    await store.write((trx) => ensureSigningKey(trx, candidate));
    return new TokenSigner(store, makeKeys(await listSigningKeys(store.db)));
  }

  /** The public keys as they are now. */
  async readJwks(): Promise<{ keys: PublicJwk[] }> {
    return (await this.#current()).jwks;
  }

  /** A JWS in compact form (RFC 7515) over the claims. */
  async sign(claims: Record<string, unknown>): Promise<string> {
    const keys = await this.#current();
    const signed = `${keys.header}.${encode(claims)}`;
    const signature = await signing(keys.signing, 'EdDSA', new TextEncoder().encode(signed));
    return `${signed}.${Buffer.from(signature).toString('base64url')}`;
  }

  async #current(): Promise<Keys> {
    const now = Date.now();
    if (now - this.#checkedAt >= TokenSigner.refreshMilliseconds) {
      this.#checkedAt = now;
      const rows = await listSigningKeys(this.#store.db);
      const { keys } = this.#keys.jwks;
      const isSame = rows.length === keys.length && rows[0]?.kid === keys[0]?.kid;
      if (!isSame) this.#keys = makeKeys(rows);
    }
    return this.#keys;
  }
}

function makeKeys([newest, ...older]: readonly SigningKeyRow[]): Keys {
  if (!newest) throw new Error('the database has lost its signing keys');
  const { d, ...rest } = PrivateJwkSchema.parse(JSON.parse(newest.private_jwk));
  const key = createPrivateKey({ key: { ...rest, d }, format: 'jwk' });
  return {
    signing: key.toCryptoKey({ name: 'Ed25519' }, false, ['sign']),
    header: encode({ alg: 'EdDSA', typ: 'at+jwt', kid: newest.kid }),
    jwks: { keys: [newest, ...older].map(toPublicJwk) },
  };
}

export function makeSigningKey(): SigningKeyRow {
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
