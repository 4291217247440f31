import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decode } from 'hono/jwt';
import { type Call, goodPassword, type RunningAuth, services, startAuth } from './start-auth.ts';

function basic(id: string, secret: string): Record<string, string> {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

describe('POST /token', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
    await auth.register('ada@example.org');
  });

  after(() => auth.remove());

  it('gives a person an access and a refresh token', async () => {
    const { status, headers, body } = await auth.signIn(' ADA@example.org');
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.expires_in, 900);
    assert.match(body.refresh_token, /^[\w-]{43}$/);
    const { header, payload } = decode(body.access_token);
    const { body: me } = await auth.call('/users/me', { token: body.access_token });
    const { iat, exp, jti, sid, ...rest } = payload;
    assert.deepEqual(rest, {
      iss: 'http://auth.test',
      aud: 'sensitivity',
      sub: me.id,
      client_id: 'sensitivity',
      scope: '',
      roles: ['admin'],
    });
    assert.equal(Number(exp) - Number(iat), 900);
    assert.match(String(jti), /^[\da-f-]{36}$/);
    assert.match(String(sid), /^[\da-f-]{36}$/);
    const { body: jwks } = await auth.call('/jwks.json');
    assert.deepEqual(header, { alg: 'EdDSA', typ: 'at+jwt', kid: jwks.keys[0]?.kid });
  });

  const scopes: [id: string, scope: string | undefined][] = [
    ['file', 'tasks:publish users:read'],
    ['worker', 'tasks:lease tasks:purge content:read results:write files:sweep auth:purge'],
    ['beat', undefined],
  ];
  for (const [id, scope] of scopes) {
    it(`gives the service ${id} its scopes, by Basic and by body`, async () => {
      const secret = services.find((service) => service.id === id)?.secret ?? '';
      const form = { grant_type: 'client_credentials' };
      const byBasic = await auth.call('/token', { form, headers: basic(id, secret) });
      const byBody = await auth.call('/token', {
        form: { ...form, client_id: id, client_secret: secret },
      });
      for (const { status, body } of [byBasic, byBody]) {
        assert.equal(status, 200);
        assert.equal(body.scope, scope);
        assert.equal(body.refresh_token, undefined);
        const { payload } = decode(body.access_token);
        assert.equal(payload['sub'], id);
        assert.equal(payload['scope'], scope ?? '');
        assert.equal(payload['roles'], undefined);
      }
    });
  }

  it('gives a service fewer scopes when it asks for fewer', async () => {
    const { body } = await auth.call('/token', {
      form: { grant_type: 'client_credentials', scope: 'users:read' },
      headers: basic('file', services[0]?.secret ?? ''),
    });
    assert.equal(body.scope, 'users:read');
  });

  it('takes the empty Basic pair that form clients send for no client at all', async () => {
    const form = { grant_type: 'password', username: 'ada@example.org', password: goodPassword };
    const { status } = await auth.call('/token', { form, headers: basic('', '') });
    assert.equal(status, 200);
  });

  const password = { grant_type: 'password', username: 'ada@example.org', password: goodPassword };
  const clientCredentials = { grant_type: 'client_credentials' };
  const worker = basic('worker', 'worker-secret');
  const refused: [name: string, call: Call, status: number, error: string][] = [
    ['JSON', { json: password }, 400, 'invalid_request'],
    ['no content type', { method: 'POST' }, 400, 'invalid_request'],
    [
      'a multipart form',
      { body: '--x--', headers: { 'Content-Type': 'multipart/form-data; boundary=x' } },
      400,
      'invalid_request',
    ],
    ['an empty form', { form: '' }, 400, 'invalid_request'],
    ['no grant type', { form: { username: 'a', password: 'b' } }, 400, 'invalid_request'],
    ['an empty grant type', { form: { grant_type: '' } }, 400, 'invalid_request'],
    ['an unknown grant', { form: { grant_type: 'magic' } }, 400, 'unsupported_grant_type'],
    [
      'a parameter twice',
      { form: 'grant_type=password&username=a&username=a&password=b' },
      400,
      'invalid_request',
    ],
    [
      'an empty parameter twice',
      { form: 'grant_type=password&username=&username=a&password=b' },
      400,
      'invalid_request',
    ],
    ['no username', { form: { ...password, username: '' } }, 400, 'invalid_request'],
    ['no password', { form: { ...password, password: '' } }, 400, 'invalid_request'],
    ['no refresh token', { form: { grant_type: 'refresh_token' } }, 400, 'invalid_request'],
    [
      'an unknown refresh token',
      { form: { grant_type: 'refresh_token', refresh_token: 'nope' } },
      400,
      'invalid_grant',
    ],
    ['a wrong password', { form: { ...password, password: 'wrong' } }, 400, 'invalid_grant'],
    ['NUL in the username', { form: { ...password, username: 'a\0b' } }, 400, 'invalid_grant'],
    ['a service without credentials', { form: clientCredentials }, 401, 'invalid_client'],
    [
      'a wrong secret',
      { form: clientCredentials, headers: basic('worker', 'wrong') },
      401,
      'invalid_client',
    ],
    [
      'an unknown client',
      { form: clientCredentials, headers: basic('nobody', '') },
      401,
      'invalid_client',
    ],
    [
      'Basic that is no base64',
      { form: clientCredentials, headers: { Authorization: 'Basic %%%' } },
      401,
      'invalid_client',
    ],
    [
      'Basic without a colon',
      { form: clientCredentials, headers: { Authorization: `Basic ${btoa('worker')}` } },
      401,
      'invalid_client',
    ],
    [
      'Basic with a broken escape',
      { form: clientCredentials, headers: { Authorization: `Basic ${btoa('worker:%zz')}` } },
      401,
      'invalid_client',
    ],
    [
      'Basic that is no UTF-8',
      { form: clientCredentials, headers: { Authorization: `Basic ${btoa('worker:\xff')}` } },
      401,
      'invalid_client',
    ],
    [
      'another scheme',
      { form: clientCredentials, headers: { Authorization: 'Bearer x' } },
      401,
      'invalid_client',
    ],
    [
      'two ways of authenticating',
      {
        form: { ...clientCredentials, client_id: 'worker', client_secret: 'worker-secret' },
        headers: worker,
      },
      400,
      'invalid_request',
    ],
    [
      'a secret without an id',
      { form: { ...clientCredentials, client_secret: 'x' } },
      400,
      'invalid_request',
    ],
    [
      'a scope the service lacks',
      { form: { ...clientCredentials, scope: 'users:read' }, headers: worker },
      400,
      'invalid_scope',
    ],
    [
      'a service that signs in as a person',
      { form: password, headers: worker },
      400,
      'unauthorized_client',
    ],
  ];
  for (const [name, call, status, error] of refused) {
    it(`answers ${status} ${error} to ${name}`, async () => {
      const answer = await auth.call('/token', call);
      assert.equal(answer.status, status);
      assert.equal(answer.body.error, error);
      assert.deepEqual(Object.keys(answer.body), ['error', 'error_description']);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      assert.equal(answer.headers.has('www-authenticate'), status === 401);
    });
  }

  it('counts what it issues and refuses', async () => {
    const text = await auth.metrics.metrics();
    assert.match(
      text,
      /sensitivity_auth_tokens_issued_total\{grant="password",role="auth"\} [1-9]/,
    );
    assert.match(
      text,
      /sensitivity_auth_failures_total\{reason="invalid_client",role="auth"\} [1-9]/,
    );
    assert.match(text, /sensitivity_auth_users\{role="auth"\} 1\n/);
  });
});

describe('GET /jwks.json', () => {
  it('shows public parts only, may be cached and revalidated', async () => {
    const auth = await startAuth();
    const { headers, body } = await auth.call('/jwks.json');
    assert.equal(body.keys.length, 1);
    assert.deepEqual(Object.keys(body.keys[0] ?? {}), ['kty', 'crv', 'x', 'kid', 'alg', 'use']);
    assert.match(headers.get('cache-control') ?? '', /max-age=300/);
    const etag = headers.get('etag') ?? '';
    const again = await auth.call('/jwks.json', { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
    await auth.remove();
  });
});
