import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { decode } from 'hono/jwt';
import {
  isRegistered,
  policySourceOf,
  redirectUriFault,
} from '../../../src/roles/auth/redirect-uri.ts';
import { type RunningAuth, services, startAuth } from './start-auth.ts';

const good = {
  name: 'Reports',
  type: 'public',
  redirect_uris: ['https://client.example/callback'],
  scopes: ['read'],
};
const own = {
  name: 'Import',
  type: 'confidential',
  grants: ['client_credentials'],
  scopes: ['users:read'],
};

describe('clients', () => {
  let auth: RunningAuth;
  let admin: string;

  before(async () => {
    auth = await startAuth();
    await auth.register('admin@example.org');
    admin = (await auth.signIn('admin@example.org')).body.access_token;
  });

  after(() => auth.remove());

  const register = (json: object, token = admin) => auth.call('/clients', { json, token });

  it('are registered by admins, and a secret is shown once', async () => {
    const { status, headers, body } = await register({ ...good, type: 'confidential' });
    assert.equal(status, 201);
    assert.equal(headers.get('location'), `/api/auth/clients/${body.id}`);
    assert.match(body.secret, /^[\w-]{43}$/);
    const { list } = await auth.call('/clients', { token: admin });
    const listed = list.find(({ id }) => id === body.id);
    assert.equal(listed?.name, 'Reports');
    assert.doesNotMatch(JSON.stringify(list), new RegExp(`${body.secret}|secret_hash`));
    assert.equal((await register(good)).body.secret, undefined);
  });

  it('are no business of others', async () => {
    await auth.register('ada@example.org');
    const token = (await auth.signIn('ada@example.org')).body.access_token;
    const { id } = (await register(good)).body;
    assert.equal((await register(good, token)).status, 403);
    assert.equal((await auth.call('/clients', { token })).status, 403);
    assert.equal((await auth.call(`/clients/${id}`, { method: 'DELETE', token })).status, 403);
    const renew = { method: 'POST', token };
    assert.equal((await auth.call(`/clients/${id}/secret`, renew)).status, 403);
    assert.equal((await auth.call('/clients')).status, 401);
  });

  it('act in their own name with what they were given, and are audited', async () => {
    const { id, secret } = (await register(own)).body;
    const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    const { status, body } = await auth.call('/token', { form });
    assert.equal(status, 200);
    assert.equal(body.refresh_token, undefined);
    const { payload } = decode(body.access_token);
    assert.deepEqual(
      [payload['sub'], payload['scope'], payload['roles']],
      [id, 'users:read', undefined],
    );
    const more = await auth.call('/token', { form: { ...form, scope: 'auth:purge' } });
    assert.equal(more.body.error, 'invalid_scope');
    const { list } = await auth.call('/audit', { token: admin });
    assert.ok(list.some(({ event, actor }) => event === 'token_granted' && actor === id));
  });

  it('get another secret, and the one before is of no use', async () => {
    const { id, secret } = (await register(own)).body;
    const renewed = await auth.call(`/clients/${id}/secret`, { method: 'POST', token: admin });
    assert.equal(renewed.status, 200);
    const grant = { grant_type: 'client_credentials', client_id: id };
    const before = await auth.call('/token', { form: { ...grant, client_secret: secret } });
    assert.equal(before.body.error, 'invalid_client');
    const { secret: client_secret } = renewed.body;
    assert.equal((await auth.call('/token', { form: { ...grant, client_secret } })).status, 200);
  });

  it('that are not there are not found', async () => {
    const gone = await auth.call('/clients/none', { method: 'DELETE', token: admin });
    assert.equal(gone.status, 404);
    for (const id of ['none', 'swagger', (await register(good)).body.id]) {
      const renew = await auth.call(`/clients/${id}/secret`, { method: 'POST', token: admin });
      assert.equal(renew.status, 404, id);
    }
  });

  const refused: [name: string, client: object][] = [
    ['no name', { ...good, name: ' ' }],
    ['a name that hides', { ...good, name: 'Sensitivity\u202e' }],
    ['a name that is too long', { ...good, name: 'a'.repeat(101) }],
    ['an unknown type', { ...good, type: 'secret' }],
    ['no scope', { ...good, scopes: [] }],
    ['an unknown scope', { ...good, scopes: ['read', 'admin'] }],
    ['a service’s scope for people', { ...good, scopes: ['users:read'] }],
    ['the password grant', { ...good, grants: ['password'] }],
    ['an unknown grant', { ...good, grants: ['implicit'] }],
    ['nothing but refreshing', { ...good, grants: ['refresh_token'], redirect_uris: [] }],
    ['no redirect for codes', { ...good, redirect_uris: [] }],
    ['a redirect for none', { ...own, redirect_uris: good.redirect_uris }],
    ['its own name without a secret', { ...own, type: 'public' }],
    ['its own name and people’s', { ...own, grants: ['client_credentials', 'authorization_code'] }],
    ['people’s scopes for itself', { ...own, scopes: ['read'] }],
    ['a redirect that is none', { ...good, redirect_uris: ['callback'] }],
    ['http elsewhere', { ...good, redirect_uris: ['http://client.example/'] }],
  ];
  for (const [name, client] of refused) {
    it(`are refused with ${name}`, async () => {
      const { status, body } = await register(client);
      assert.equal(status, 400);
      assert.equal(body.code, 'invalid_request');
    });
  }
});

describe('redirectUriFault()', () => {
  const fine = [
    'https://client.example/callback',
    'https://client.example:8443/callback?a=b',
    'https://client.example',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:8080/callback',
    'http://[::1]/callback',
    'http://localhost:3000/callback',
    'com.example.app:/callback',
  ];
  for (const uri of fine) {
    it(`finds none in ${uri}`, () => assert.equal(redirectUriFault(uri), undefined));
  }

  const faulty: [uri: string, fault: RegExp][] = [
    ['', /absolute/],
    ['/callback', /absolute/],
    ['https://', /absolute/],
    ['https://client.example/call back', /absolute/],
    ['https://client.example/\u{1f600}', /absolute/],
    ['https://client.example/#x', /fragment/],
    ['https://client.example/#', /fragment/],
    ['https://user@client.example/', /user/],
    ['https://:password@client.example/', /user/],
    ['https://*.client.example/', /wildcard/],
    ['https://client.example\\@evil.example/', /backslash|user/],
    ['https://client.example/a/../b', /otherwise/],
    ['https://CLIENT.example/', /otherwise/],
    ['https://client.example:443/', /otherwise/],
    ['https:client.example/', /otherwise/],
    ['http://client.example/', /not on this machine/],
    ['http://127.0.0.1.evil.example/', /not on this machine/],
    ['http://0x7f.1/', /otherwise/],
    ['javascript:alert(1)', /private-use/],
    ['data:text/html,x', /private-use/],
    ['file:///etc/passwd', /private-use/],
    ['myapp:/callback', /private-use/],
    [`https://client.example/${'a'.repeat(1_000)}`, /characters/],
  ];
  for (const [uri, fault] of faulty) {
    it(`finds one in ${JSON.stringify(uri.slice(0, 60))}`, () => {
      assert.match(redirectUriFault(uri) ?? '', fault);
    });
  }

  it('lets nothing through that leads a browser elsewhere than it says', () => {
    const part = fc.constantFrom('https:', 'http:', '//', '/', '\\', '@', ':', '#', '?', '*', '..');
    const uri = fc
      .array(fc.oneof(part, fc.constantFrom('client.example', 'evil', '127.0.0.1'), fc.string()), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(uri, (text) => {
        if (redirectUriFault(text) !== undefined) return;
        const { href, hash, username } = new URL(text);
        assert.ok(href === text || href === `${text}/`);
        assert.equal(hash + username, '');
        assert.doesNotMatch(policySourceOf(text), /[\s;,]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('isRegistered()', () => {
  const cases: [registered: string, uri: string, expected: boolean][] = [
    ['https://a.example/cb', 'https://a.example/cb', true],
    ['https://a.example/cb', 'https://a.example/cb/', false],
    ['https://a.example/cb', 'https://a.example:8443/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb', true],
    ['http://[::1]/cb', 'http://[::1]:1/cb', true],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/other', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:49152@evil.example/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:123456/cb', false],
    ['http://127.0.0.1:8080/cb', 'http://127.0.0.1:8081/cb', false],
    ['http://localhost/cb', 'http://localhost:8081/cb', false],
  ];
  for (const [registered, uri, expected] of cases) {
    it(`${expected ? 'takes' : 'refuses'} ${uri} for ${registered}`, () => {
      assert.equal(isRegistered([registered], uri), expected);
    });
  }
});

describe('POST /introspect, POST /revoke and the metadata', () => {
  let auth: RunningAuth;
  const file = { client_id: 'file', client_secret: services[0]?.secret ?? '' };

  before(async () => {
    auth = await startAuth({ issuer: 'http://auth.test/api/auth' });
    await auth.register('ada@example.org');
  });

  after(() => auth.remove());

  const introspect = (token: string, client: Record<string, string> = file) =>
    auth.call('/introspect', { form: { token, ...client } });

  it('tells a service what an access token is worth now', async () => {
    const { access_token } = (await auth.signIn('ada@example.org')).body;
    const { status, body } = await introspect(access_token);
    assert.equal(status, 200);
    const { payload } = decode(access_token);
    assert.deepEqual(body, {
      active: true,
      scope: '',
      client_id: 'sensitivity',
      sub: payload['sub'],
      exp: payload['exp'],
      iss: 'http://auth.test/api/auth',
      aud: 'sensitivity',
      token_type: 'Bearer',
    });
    await auth.call('/sessions/current', { method: 'DELETE', token: access_token });
    assert.deepEqual((await introspect(access_token)).body, { active: false });
  });

  it('tells nothing of what is no token, or another client’s', async () => {
    const { refresh_token } = (await auth.signIn('ada@example.org')).body;
    for (const token of ['x', 'a.b.c', refresh_token]) {
      assert.deepEqual((await introspect(token)).body, { active: false });
    }
  });

  it('tells clients without a secret nothing', async () => {
    const { access_token } = (await auth.signIn('ada@example.org')).body;
    const unproven = [
      {},
      { client_id: 'swagger' },
      { client_id: 'file' },
      { ...file, client_secret: 'x' },
    ];
    for (const client of unproven) {
      const { status, body } = await introspect(access_token, client as Record<string, string>);
      assert.deepEqual([status, body.error], [401, 'invalid_client'], JSON.stringify(client));
    }
  });

  for (const kind of ['access_token', 'refresh_token'] as const) {
    it(`ends the session of an ${kind}`, async () => {
      const { body } = await auth.signIn('ada@example.org');
      const revoked = await auth.call('/revoke', { form: { token: body[kind] } });
      assert.equal(revoked.status, 200);
      assert.equal((await auth.refresh(body.refresh_token)).status, 400);
      assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 401);
      assert.equal((await auth.call('/revoke', { form: { token: body[kind] } })).status, 200);
    });
  }

  it('leaves alone what is another client’s, and does not tell', async () => {
    const { body } = await auth.signIn('ada@example.org');
    for (const client of [{ client_id: 'swagger' }, file]) {
      const form = { token: body.refresh_token, ...client };
      assert.equal((await auth.call('/revoke', { form })).status, 200);
    }
    assert.equal((await auth.refresh(body.refresh_token)).status, 200);
    const unknown = await auth.call('/revoke', { form: { token: 'x', client_id: 'nobody' } });
    assert.equal(unknown.status, 401);
    assert.equal((await auth.call('/revoke', { form: { a: 'b' } })).body.error, 'invalid_request');
  });

  it('describes itself where clients look', async () => {
    const well = '/.well-known/oauth-authorization-server';
    const under = (await auth.call(well)).body;
    const rooted = await auth.app.request(`${well}/api/auth`);
    assert.deepEqual(await rooted.json(), under);
    const metadata = under as unknown as Record<string, unknown>;
    assert.equal(metadata['issuer'], 'http://auth.test/api/auth');
    assert.equal(metadata['token_endpoint'], 'http://auth.test/api/auth/token');
    assert.deepEqual(metadata['code_challenge_methods_supported'], ['S256']);
    assert.deepEqual(metadata['response_types_supported'], ['code']);
    assert.equal(metadata['authorization_response_iss_parameter_supported'], true);
    assert.ok((metadata['grant_types_supported'] as string[]).includes('password'));
  });

  it('has no password grant when it is off, and says so', async () => {
    const off = await startAuth({ passwordGrant: false });
    await off.register('ada@example.org');
    const { status, body } = await off.signIn('ada@example.org');
    assert.deepEqual([status, body.error], [400, 'unauthorized_client']);
    const metadata = (await off.call('/.well-known/oauth-authorization-server')).body;
    assert.doesNotMatch(JSON.stringify(metadata), /"password"/);
    await off.remove();
  });
});
