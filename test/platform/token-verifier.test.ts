import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { AppError } from '../../src/platform/app-error.ts';
import { TokenVerifier } from '../../src/platform/http/token-verifier.ts';
import { newPersonalToken } from '../../src/platform/personal-token.ts';

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

interface KeyPair {
  kid: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}

function makeKeyPair(kid: string): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

const known = makeKeyPair('known');
const stranger = makeKeyPair('stranger');

function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: 'http://auth.test',
    aud: 'sensitivity',
    sub: 'user-1',
    client_id: 'sensitivity',
    iat: now,
    exp: now + 900,
    jti: 'jti-1',
    scope: 'a:read b:write',
    sid: 'session-1',
    roles: ['auditor'],
    ...changes,
  };
}

function makeToken(
  payload: Record<string, unknown>,
  { header = {}, key = known }: { header?: Record<string, unknown>; key?: KeyPair } = {},
): string {
  const head = { alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header };
  const signed = `${encode(head)}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof AppError && error.code === code;
}

describe('TokenVerifier', () => {
  let published: Record<string, unknown>[];
  let loads: number;
  let isAway: boolean;
  let exchanged: string[];
  let exchange: (token: string) => Promise<string | undefined>;
  let verifier: TokenVerifier;

  beforeEach(() => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    published = [known.jwk];
    loads = 0;
    isAway = false;
    exchanged = [];
    exchange = async () => undefined;
    verifier = new TokenVerifier({
      issuer: 'http://auth.test',
      audience: 'sensitivity',
      loadKeys: async () => {
        loads += 1;
        if (isAway) throw new Error('connection refused');
        return { keys: published };
      },
      exchange: async (token) => {
        exchanged.push(token);
        return exchange(token);
      },
    });
  });

  afterEach(() => mock.timers.reset());

  it('trades a personal access token once for as long as what it gets lives', async () => {
    const token = newPersonalToken();
    exchange = async () => {
      const seconds = Math.floor(Date.now() / 1_000);
      return makeToken(claims({ iat: seconds, exp: seconds + 900 }));
    };
    const { subject } = await verifier.verify(token);
    assert.equal(subject, claims()['sub']);
    await verifier.verify(token);
    assert.deepEqual(exchanged, [token]);
    mock.timers.tick(901_000);
    await verifier.verify(token);
    assert.deepEqual(exchanged, [token, token]);
  });

  it('asks nobody about what cannot be a personal access token, and believes a refusal', async () => {
    const token = newPersonalToken();
    const other = token.at(-1) === 'x' ? 'y' : 'x';
    for (const wrong of [
      `${token}x`,
      `${token.slice(0, -1)}${other}`,
      'sens_pat_',
      'sens_pat_a.b.c',
    ]) {
      await assert.rejects(verifier.verify(wrong), hasCode('unauthenticated'));
    }
    assert.deepEqual(exchanged, []);
    await assert.rejects(verifier.verify(token), hasCode('unauthenticated'));
    assert.deepEqual(exchanged, [token]);
  });

  it('reads who is asking', async () => {
    const person = await verifier.verify(makeToken(claims()));
    assert.deepEqual(person, {
      subject: 'user-1',
      clientId: 'sensitivity',
      sessionId: 'session-1',
      role: 'auditor',
      scopes: new Set(['a:read', 'b:write']),
      expires: Number(claims()['exp']) * 1_000,
    });
    const service = claims({ sid: undefined, roles: undefined, scope: '' });
    const { role, sessionId, scopes } = await verifier.verify(makeToken(service));
    assert.deepEqual(
      { role, sessionId, scopes },
      {
        role: undefined,
        sessionId: undefined,
        scopes: new Set(),
      },
    );
  });

  const now = Math.floor(Date.now() / 1_000);
  const hs256 = (): string => {
    const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'known' })}.${encode(claims())}`;
    const publicBytes = Buffer.from(String(known.jwk['x']), 'base64url');
    return `${signed}.${createHmac('sha256', publicBytes).update(signed).digest('base64url')}`;
  };
  const swapPayload = (): string => {
    const [head, , signature] = makeToken(claims()).split('.');
    return `${head}.${encode(claims({ roles: ['admin'] }))}.${signature}`;
  };
  const bad: [name: string, token: () => string][] = [
    ['an empty string', () => ''],
    ['two parts', () => 'a.b'],
    ['four parts', () => `${makeToken(claims())}.x`],
    ['no base64', () => '!.!.!'],
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims())}.`],
    ['alg none with a key id', () => makeToken(claims(), { header: { alg: 'none' } })],
    ['HS256 with the public key as secret', hs256],
    ['another type', () => makeToken(claims(), { header: { typ: 'JWT' } })],
    ['no type', () => makeToken(claims(), { header: { typ: undefined } })],
    ['no key id', () => makeToken(claims(), { header: { kid: undefined } })],
    ['an unknown key', () => makeToken(claims(), { key: stranger })],
    [
      'another key under a known id',
      () => makeToken(claims(), { key: stranger, header: { kid: 'known' } }),
    ],
    ['a critical extension', () => makeToken(claims(), { header: { crit: ['x'], x: 1 } })],
    ['another payload', swapPayload],
    ['a cut signature', () => makeToken(claims()).slice(0, -4)],
    ['an expiry in the past', () => makeToken(claims({ exp: now - 60 }))],
    ['no expiry', () => makeToken(claims({ exp: undefined }))],
    ['an expiry that is text', () => makeToken(claims({ exp: '9999999999' }))],
    ['an issue date to come', () => makeToken(claims({ iat: now + 3_600, exp: now + 7_200 }))],
    ['another issuer', () => makeToken(claims({ iss: 'http://evil.test' }))],
    ['no issuer', () => makeToken(claims({ iss: undefined }))],
    ['another audience', () => makeToken(claims({ aud: 'other' }))],
    ['no audience', () => makeToken(claims({ aud: undefined }))],
    ['no subject', () => makeToken(claims({ sub: undefined }))],
    ['an empty subject', () => makeToken(claims({ sub: '' }))],
    ['a role there is not', () => makeToken(claims({ roles: ['god'] }))],
  ];
  for (const [name, token] of bad) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(verifier.verify(token()), hasCode('unauthenticated'));
    });
  }

  it('forgives a clock that is 20 s behind', async () => {
    await verifier.verify(makeToken(claims({ iat: Math.floor(Date.now() / 1_000) + 20 })));
  });

  it('refuses a remembered token once it has expired', async () => {
    const token = makeToken(claims());
    await verifier.verify(token);
    mock.timers.tick(899_000);
    await verifier.verify(token);
    mock.timers.tick(2_000);
    await assert.rejects(verifier.verify(token), hasCode('unauthenticated'));
    await assert.rejects(verifier.verify(token), hasCode('unauthenticated'));
  });

  it('fetches the keys once for many tokens at once', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        verifier.verify(makeToken(claims({ jti: `${index}` }))),
      ),
    );
    assert.equal(loads, 1);
  });

  it('asks for unknown keys at most once in ten seconds, and finds a new one', async () => {
    const token = makeToken(claims(), { key: stranger });
    await verifier.verify(makeToken(claims()));
    for (let round = 0; round < 20; round += 1) await assert.rejects(verifier.verify(token));
    assert.equal(loads, 1);
    published = [known.jwk, stranger.jwk];
    mock.timers.tick(10_001);
    await verifier.verify(token);
    assert.equal(loads, 2);
  });

  it('goes on with the keys it has while the issuer is away', async () => {
    await verifier.verify(makeToken(claims()));
    isAway = true;
    mock.timers.tick(60_000);
    await verifier.verify(makeToken(claims({ jti: 'another' })));
    await assert.rejects(
      verifier.verify(makeToken(claims(), { key: stranger })),
      hasCode('unauthenticated'),
    );
  });

  it('is unavailable without keys, and recovers', async () => {
    isAway = true;
    await assert.rejects(verifier.verify(makeToken(claims())), hasCode('unavailable'));
    await assert.rejects(verifier.checkKeys(), hasCode('unavailable'));
    isAway = false;
    await verifier.verify(makeToken(claims()));
    await verifier.checkKeys();
  });

  it('refuses a key set that is none', async () => {
    published = [{ kty: 'RSA', kid: 'known', n: 'x', e: 'AQAB' }];
    await assert.rejects(verifier.verify(makeToken(claims())), hasCode('unavailable'));
  });
});
