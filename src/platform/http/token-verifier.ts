import { createPublicKey } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { decode, verify } from 'hono/jwt';
import { AppError } from '../app-error.ts';
import { isPersonalToken } from '../personal-token.ts';
import { type Principal, userRoles } from './principal.ts';

/** Clock difference between machines that is forgiven, in seconds. */
const leewaySeconds = 30;

const ClaimsSchema = z.object({
  sub: z.string().min(1),
  client_id: z.string().min(1),
  exp: z.number(),
  iat: z.number(),
  jti: z.string().min(1),
  scope: z.string(),
  sid: z.string().optional(),
  roles: z.array(z.enum(userRoles)).optional(),
});

const JwksSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      kid: z.string().min(1),
      x: z.string().min(1),
    }),
  ),
});

export type JsonWebKeySet = z.infer<typeof JwksSchema>;

export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  /** Fetches the issuer's public keys (RFC 7517). */
  loadKeys: () => Promise<unknown>;
  /** Trades a personal access token for an access token; undefined when it is not good. */
  exchange: (personalToken: string) => Promise<string | undefined>;
}

/**
 * Checks access tokens (RFC 9068, EdDSA) against the issuer's keys with pinned algorithm, type,
 * issuer and audience.
 *
 * Keys are fetched when an unknown key id comes, at most once in ten seconds, and stay in use
 * while the issuer is away. A token that was found good is remembered until it expires.
 */
export class TokenVerifier {
  static readonly refetchMilliseconds = 10_000;
  static readonly rememberedTokens = 10_000;
  readonly #options: TokenVerifierOptions;
  readonly #remembered = new Map<string, { principal: Principal; expires: number }>();
  #keys = new Map<string, CryptoKey>();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
  }

  /** @throws {AppError} `unauthenticated` when the token is not good; `unavailable` without keys. */
  async verify(token: string): Promise<Principal> {
    const known = this.#remembered.get(token);
    if (known) {
      if (known.expires > Date.now()) return known.principal;
      this.#remembered.delete(token);
      if (!isPersonalToken(token)) throw invalidToken();
    }
    const { principal, expires } = await this.#check(await this.#toAccessToken(token));
    if (this.#remembered.size >= TokenVerifier.rememberedTokens) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
    this.#remembered.set(token, { principal, expires });
    return principal;
  }

  /** Fetches the keys unless they are there. @throws {AppError} `unavailable` */
  async checkKeys(): Promise<void> {
    if (this.#keys.size === 0) await this.#fetchKeys();
    if (this.#keys.size === 0) {
      throw new AppError('unavailable', 'the keys of the auth service cannot be read');
    }
  }

  /** A personal access token is traded once for as long as what it is traded for lives. */
  async #toAccessToken(token: string): Promise<string> {
    if (!isPersonalToken(token)) return token;
    const traded = await this.#options.exchange(token);
    if (traded === undefined) throw invalidToken();
    return traded;
  }

  async #check(token: string): Promise<{ principal: Principal; expires: number }> {
    const key = await this.#findKey(readKeyId(token));
    let payload: unknown;
    try {
      payload = await verify(token, key, {
        alg: 'EdDSA',
        typ: 'at+jwt',
        iss: this.#options.issuer,
        aud: this.#options.audience,
        iat: false,
      });
    } catch {
      throw invalidToken();
    }
    const claims = ClaimsSchema.safeParse(payload);
    if (!claims.success) throw invalidToken();
    const { sub, client_id, exp, iat, scope, sid, roles } = claims.data;
    if (iat > Date.now() / 1_000 + leewaySeconds) throw invalidToken();
    const principal: Principal = {
      subject: sub,
      clientId: client_id,
      sessionId: sid,
      role: roles?.[0],
      scopes: new Set(scope.split(' ').filter(Boolean)),
      expires: exp * 1_000,
    };
    return { principal, expires: exp * 1_000 };
  }

  async #findKey(keyId: string): Promise<CryptoKey> {
    const known = this.#keys.get(keyId);
    if (known) return known;
    if (Date.now() - this.#fetchedAt > TokenVerifier.refetchMilliseconds) await this.#fetchKeys();
    const key = this.#keys.get(keyId);
    if (key) return key;
    await this.checkKeys();
    throw invalidToken();
  }

  async #fetchKeys(): Promise<void> {
    this.#fetching ??= this.#loadKeys().finally(() => {
      this.#fetching = undefined;
    });
    await this.#fetching;
  }

  async #loadKeys(): Promise<void> {
    let set: JsonWebKeySet;
    try {
      set = JwksSchema.parse(await this.#options.loadKeys());
    } catch (error) {
      if (this.#keys.size > 0) return;
      throw new AppError('unavailable', 'the auth service is away: try again', {
        cause: error,
        headers: { 'Retry-After': '1' },
      });
    }
    const keys = new Map<string, CryptoKey>();
    for (const { kid, ...jwk } of set.keys) {
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      keys.set(kid, key.toCryptoKey({ name: 'Ed25519' }, true, ['verify']));
    }
    this.#keys = keys;
    this.#fetchedAt = Date.now();
  }
}

function readKeyId(token: string): string {
  try {
    const { header } = decode(token);
    if (header.alg === 'EdDSA' && typeof header.kid === 'string') return header.kid;
  } catch {
    throw invalidToken();
  }
  throw invalidToken();
}

function invalidToken(): AppError {
  return new AppError('unauthenticated', 'the access token is not valid or has expired', {
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  });
}
