import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { decode } from 'hono/jwt';
import { answerOf, authorizePath, Browser, makeChallenge, readFormToken } from './browser.ts';
import { type Answer, goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

const swaggerRedirect = 'http://auth.test/api/file/docs/oauth2-redirect.html';
const clientRedirect = 'https://client.example/callback?kept=1';
const { verifier, challenge } = makeChallenge();

const swagger = {
  response_type: 'code',
  client_id: 'swagger',
  redirect_uri: swaggerRedirect,
  state: 'the state',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

async function registerClient(auth: RunningAuth, client: object = {}): Promise<Answer> {
  const token = (await auth.signIn('admin@example.org')).body.access_token;
  const json = {
    name: 'Reports',
    type: 'public',
    redirect_uris: [clientRedirect],
    scopes: ['read', 'write'],
    ...client,
  };
  return auth.call('/clients', { token, json });
}

function redeem(auth: RunningAuth, code: string, form: Record<string, string> = {}) {
  return auth.call('/token', {
    form: {
      grant_type: 'authorization_code',
      client_id: 'swagger',
      redirect_uri: swaggerRedirect,
      code_verifier: verifier,
      code,
      ...form,
    },
  });
}

describe('signing in by code and PKCE', () => {
  let auth: RunningAuth;
  let browser: Browser;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register('admin@example.org');
    browser = new Browser(auth);
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  async function takeCode(): Promise<string> {
    const path = authorizePath(swagger);
    const signedIn = await browser.signIn('admin@example.org', path);
    assert.equal(signedIn.location, `/api/auth${path}`);
    return answerOf((await browser.request(path)).location)['code'] ?? '';
  }

  it('leads from the request over signing in to tokens that work', async () => {
    const path = authorizePath(swagger);
    const first = await browser.request(path);
    assert.equal(first.status, 303);
    assert.equal(first.location, `/api/auth/sign-in?${new URLSearchParams({ next: path })}`);
    const signedIn = await browser.submit(first.location, {
      username: 'admin@example.org',
      password: goodPassword,
    });
    assert.equal(signedIn.status, 303);
    assert.equal(signedIn.location, `/api/auth${path}`);
    const { status, location } = await browser.request(signedIn.location);
    assert.equal(status, 303);
    assert.ok(location.startsWith(`${swaggerRedirect}?`));
    const { code = '', ...answer } = answerOf(location);
    assert.deepEqual(answer, { state: 'the state', iss: 'http://auth.test' });
    const { status: granted, body } = await redeem(auth, code);
    assert.equal(granted, 200);
    const { payload } = decode(body.access_token);
    assert.equal(payload['client_id'], 'swagger');
    assert.deepEqual(payload['roles'], ['admin']);
    assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 200);
  });

  it('signs up on the way, and a second client needs no password again', async () => {
    const path = authorizePath(swagger);
    const { location } = await browser.signUp('new@example.org', path);
    assert.equal(location, `/api/auth${path}`);
    for (const client of [swagger, { ...swagger, state: 'another' }]) {
      const answer = answerOf((await browser.request(authorizePath(client))).location);
      assert.equal((await redeem(auth, answer['code'] ?? '')).status, 200);
    }
  });

  it('ends what a code was traded for when the code comes again', async () => {
    const code = await takeCode();
    const { body } = await redeem(auth, code);
    const again = await redeem(auth, code);
    assert.equal(again.status, 400);
    assert.equal(again.body.error, 'invalid_grant');
    assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 401);
    const form = { grant_type: 'refresh_token', client_id: 'swagger' };
    const refreshed = await auth.call('/token', {
      form: { ...form, refresh_token: body.refresh_token },
    });
    assert.equal(refreshed.status, 400);
    assert.match(await auth.metrics.metrics(), /reason="replayed_code",role="auth"\} 1\n/);
  });

  it('knows a code that comes again hours later', async () => {
    const code = await takeCode();
    const { body } = await redeem(auth, code);
    mock.timers.tick(600_000);
    await redeem(auth, code);
    assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 401);
  });

  it('gives two who bring one code at once one answer at most, which is of no use', async () => {
    const code = await takeCode();
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(auth, code)));
    const good = answers.filter(({ status }) => status === 200);
    assert.equal(good.length, 1);
    const token = good[0]?.body.access_token ?? '';
    assert.equal((await auth.call('/users/me', { token })).status, 401);
  });

  it('takes a code for a minute', async () => {
    const early = await takeCode();
    mock.timers.tick(59_999);
    assert.equal((await redeem(auth, early)).status, 200);
    const late = answerOf((await browser.request(authorizePath(swagger))).location)['code'] ?? '';
    mock.timers.tick(60_000);
    assert.equal((await redeem(auth, late)).status, 400);
  });

  const spoilt: [name: string, form: Record<string, string>, status: number, error: string][] = [
    ['another verifier', { code_verifier: makeChallenge().verifier }, 400, 'invalid_grant'],
    ['the challenge as verifier', { code_verifier: challenge }, 400, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'a'.repeat(42) }, 400, 'invalid_grant'],
    ['a verifier that is too long', { code_verifier: 'a'.repeat(129) }, 400, 'invalid_grant'],
    ['another redirect', { redirect_uri: `${swaggerRedirect}/` }, 400, 'invalid_grant'],
    [
      'another registered redirect',
      { redirect_uri: 'http://auth.test/api/auth/docs/oauth2-redirect.html' },
      400,
      'invalid_grant',
    ],
    ['no verifier', { code_verifier: '' }, 400, 'invalid_request'],
    ['no redirect', { redirect_uri: '' }, 400, 'invalid_request'],
    ['no client', { client_id: '' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['a client of another grant', { client_id: 'sensitivity-cli' }, 400, 'unauthorized_client'],
    ['a secret that the client has not', { client_secret: 'x' }, 401, 'invalid_client'],
    ['another code', { code: 'a'.repeat(43) }, 400, 'invalid_grant'],
  ];
  for (const [name, form, status, error] of spoilt) {
    it(`refuses a code with ${name}`, async () => {
      const code = await takeCode();
      const answer = await redeem(auth, code, form);
      assert.equal(answer.status, status);
      assert.equal(answer.body.error, error);
      assert.equal(answer.body.access_token, undefined);
    });
  }

  it('takes no second try at the verifier', async () => {
    const code = await takeCode();
    await redeem(auth, code, { code_verifier: makeChallenge().verifier });
    assert.equal((await redeem(auth, code)).status, 400);
  });

  it('does not let a client trade a code that was given to another', async () => {
    const { body } = await registerClient(auth, { redirect_uris: [clientRedirect] });
    const code = await takeCode();
    const answer = await redeem(auth, code, { client_id: body.id });
    assert.equal(answer.body.error, 'invalid_grant');
    assert.equal((await redeem(auth, code)).body.error, 'invalid_grant');
  });

  it('refreshes for the client that the token was given to, and for no other', async () => {
    const { refresh_token } = (await redeem(auth, await takeCode())).body;
    const refresh = (form: Record<string, string>) =>
      auth.call('/token', { form: { grant_type: 'refresh_token', refresh_token, ...form } });
    for (const form of [{}, { client_id: 'sensitivity' }, { client_id: 'sensitivity-cli' }]) {
      assert.equal((await refresh(form)).body.error, 'invalid_grant', JSON.stringify(form));
    }
    const { status, body } = await refresh({ client_id: 'swagger' });
    assert.equal(status, 200);
    assert.equal(decode(body.access_token).payload['client_id'], 'swagger');
  });

  it('ends what was signed in to when the person signs out of the browser', async () => {
    const { access_token } = (await redeem(auth, await takeCode())).body;
    const spare = answerOf((await browser.request(authorizePath(swagger))).location)['code'] ?? '';
    const { status } = await browser.submit('/sign-out', {});
    assert.equal(status, 200);
    assert.equal((await auth.call('/users/me', { token: access_token })).status, 401);
    assert.equal((await redeem(auth, spare)).status, 400);
    assert.match((await browser.request(authorizePath(swagger))).location, /\/sign-in\?/);
  });

  it('gives nothing more to a person who was disabled', async () => {
    const { id } = (await auth.register('grace@example.org')).body;
    await browser.signIn('grace@example.org');
    const path = authorizePath(swagger);
    const code = answerOf((await browser.request(path)).location)['code'] ?? '';
    const token = (await auth.signIn('admin@example.org')).body.access_token;
    await auth.call(`/users/${id}`, { method: 'PATCH', token, json: { status: 'disabled' } });
    assert.equal((await redeem(auth, code)).body.error, 'invalid_grant');
    assert.match((await browser.request(path)).location, /\/sign-in\?/);
  });

  it('signs out of browsers when the password is changed, but for the one it is changed from', async () => {
    const other = new Browser(auth);
    await other.signIn('admin@example.org');
    const token = (await redeem(auth, await takeCode())).body.access_token;
    const json = { current_password: goodPassword, new_password: 'another long passphrase' };
    assert.equal((await auth.call('/users/me/password', { token, json })).status, 204);
    assert.match((await browser.request('/account')).text, /admin@example\.org/);
    assert.match((await other.request('/account')).location, /\/sign-in\?/);
  });

  it('ends a sign-in that lay idle for twelve hours, and any after seven days', async () => {
    await browser.signIn('admin@example.org');
    mock.timers.tick(12 * 3_600_000 - 1);
    assert.equal((await browser.request('/account')).status, 200);
    mock.timers.tick(12 * 3_600_000);
    assert.equal((await browser.request('/account')).status, 303);
    await browser.signIn('admin@example.org');
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      mock.timers.tick(6 * 3_600_000);
      assert.equal((await browser.request('/account')).status, 200, `${hours} h`);
    }
    mock.timers.tick(6 * 3_600_000);
    assert.equal((await browser.request('/account')).status, 303);
  });
});

describe('GET /authorize', () => {
  let auth: RunningAuth;
  let browser: Browser;

  before(async () => {
    auth = await startAuth();
    await auth.register('admin@example.org');
    browser = new Browser(auth);
    await browser.signIn('admin@example.org');
  });

  after(() => auth.remove());

  const redirects = [
    'http://auth.test/api/file/docs/oauth2-redirect.html/',
    'http://auth.test/api/file/docs/oauth2-redirect.html?',
    'http://auth.test/api/file/docs/oauth2-redirect.html?x=1',
    'http://auth.test/api/file/docs/oauth2-redirect.html#',
    'http://auth.test/api/file/docs/oauth2-redirect.html#x',
    'http://auth.test/api/file/docs/../docs/oauth2-redirect.html',
    'http://auth.test/api/file/docs/%6fauth2-redirect.html',
    'http://auth.test/api/file//docs/oauth2-redirect.html',
    'http://auth.test/API/file/docs/oauth2-redirect.html',
    'http://auth.test/api/file/docs',
    'HTTP://auth.test/api/file/docs/oauth2-redirect.html',
    'http://AUTH.test/api/file/docs/oauth2-redirect.html',
    'https://auth.test/api/file/docs/oauth2-redirect.html',
    'http://auth.test:80/api/file/docs/oauth2-redirect.html',
    'http://auth.test:8080/api/file/docs/oauth2-redirect.html',
    'http://auth.test./api/file/docs/oauth2-redirect.html',
    'http://auth.test.evil.example/api/file/docs/oauth2-redirect.html',
    'http://auth.test@evil.example/api/file/docs/oauth2-redirect.html',
    'http://evil.example/http://auth.test/api/file/docs/oauth2-redirect.html',
    'http://evil.example\\@auth.test/api/file/docs/oauth2-redirect.html',
    'http://sub.auth.test/api/file/docs/oauth2-redirect.html',
    '//auth.test/api/file/docs/oauth2-redirect.html',
    '/api/file/docs/oauth2-redirect.html',
    ' http://auth.test/api/file/docs/oauth2-redirect.html',
    'http://auth.test/api/file/docs/oauth2-redirect.html\n',
    'http://auth.test/api/file/docs/oauth2-redirect.html\0',
    'http://localhost/api/file/docs/oauth2-redirect.html',
    'javascript:alert(1)//auth.test/api/file/docs/oauth2-redirect.html',
    'data:text/html,x',
    'https://client.example/callback',
  ];
  for (const redirect_uri of redirects) {
    it(`goes nowhere for the redirect ${JSON.stringify(redirect_uri)}`, async () => {
      const { status, location, text } = await browser.request(
        authorizePath({ ...swagger, redirect_uri }),
      );
      assert.equal(status, 400);
      assert.equal(location, '');
      assert.match(text, /did not register this redirect_uri/);
    });
  }

  const stays: [name: string, path: string][] = [
    ['no client', authorizePath({ ...swagger, client_id: undefined })],
    ['an unknown client', authorizePath({ ...swagger, client_id: 'nobody' })],
    ['a service as client', authorizePath({ ...swagger, client_id: 'file' })],
    ['a client twice', `${authorizePath(swagger)}&client_id=swagger`],
    ['a redirect twice', `${authorizePath(swagger)}&redirect_uri=https%3A%2F%2Fevil.example%2F`],
    ['no redirect', authorizePath({ ...swagger, redirect_uri: undefined })],
    ['nothing', '/authorize'],
  ];
  for (const [name, path] of stays) {
    it(`tells the person alone of ${name}`, async () => {
      const { status, location, headers } = await browser.request(path);
      assert.equal(status, 400);
      assert.equal(location, '');
      assert.match(headers.get('content-type') ?? '', /^text\/html/);
    });
  }

  const told: [name: string, path: string, error: string][] = [
    [
      'no response type',
      authorizePath({ ...swagger, response_type: undefined }),
      'invalid_request',
    ],
    [
      'the implicit grant',
      authorizePath({ ...swagger, response_type: 'token' }),
      'unsupported_response_type',
    ],
    [
      'the hybrid flow',
      authorizePath({ ...swagger, response_type: 'code token' }),
      'unsupported_response_type',
    ],
    ['no challenge', authorizePath({ ...swagger, code_challenge: undefined }), 'invalid_request'],
    [
      'no method, which means plain',
      authorizePath({ ...swagger, code_challenge_method: undefined }),
      'invalid_request',
    ],
    [
      'the method plain',
      authorizePath({ ...swagger, code_challenge_method: 'plain' }),
      'invalid_request',
    ],
    [
      'a method in lower case',
      authorizePath({ ...swagger, code_challenge_method: 's256' }),
      'invalid_request',
    ],
    [
      'a challenge of another length',
      authorizePath({ ...swagger, code_challenge: 'a'.repeat(44) }),
      'invalid_request',
    ],
    ['an unknown scope', authorizePath({ ...swagger, scope: 'everything' }), 'invalid_scope'],
    ['a broken scope', authorizePath({ ...swagger, scope: 'read  write' }), 'invalid_scope'],
    [
      'a response mode',
      authorizePath({ ...swagger, response_mode: 'fragment' }),
      'invalid_request',
    ],
    ['a request object', authorizePath({ ...swagger, request: 'x' }), 'request_not_supported'],
    [
      'a request by address',
      authorizePath({ ...swagger, request_uri: 'https://evil.example/' }),
      'request_uri_not_supported',
    ],
    ['a parameter twice', `${authorizePath(swagger)}&scope=read&scope=write`, 'invalid_request'],
    [
      'a state that is too long',
      authorizePath({ ...swagger, state: 'a'.repeat(4_097) }),
      'invalid_request',
    ],
  ];
  for (const [name, path, error] of told) {
    it(`tells the client of ${name}`, async () => {
      const { status, location } = await browser.request(path);
      assert.equal(status, 303);
      assert.ok(location.startsWith(`${swaggerRedirect}?`));
      const answer = answerOf(location);
      assert.equal(answer['error'], error);
      assert.equal(answer['iss'], 'http://auth.test');
      assert.equal(answer['code'], undefined);
    });
  }

  it('gives a state back as it came, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
        async (state) => {
          const { location } = await browser.request(authorizePath({ ...swagger, state }));
          assert.equal(new URL(location).searchParams.get('state'), state);
          assert.ok(location.startsWith(`${swaggerRedirect}?`));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never sends anybody anywhere but to the registered address', async () => {
    const name = fc.constantFrom(...Object.keys(swagger), 'scope', 'next', 'iss', 'x');
    const value = fc.oneof(
      fc.constantFrom(...Object.values(swagger), ...redirects, 'swagger'),
      fc.string({ maxLength: 30, unit: 'binary' }),
    );
    const stranger = new Browser(auth);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 8 }), async (extra) => {
        const query = new URLSearchParams([...Object.entries(swagger), ...extra].slice(-7));
        for (const one of [browser, stranger]) {
          const { status, location } = await one.request(`/authorize?${query}`);
          assert.ok(status === 303 || status === 400, String(status));
          const isHome = location.startsWith('/api/auth/sign-in?next=%2Fauthorize%3F');
          const registered = location.startsWith('http://auth.test/api/');
          assert.ok(location === '' || isHome || registered, location);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('answers at any of the names of this machine when the issuer is on it', async () => {
    const local = await startAuth({ issuer: 'http://localhost:8080/api/auth' });
    await local.register('admin@example.org');
    const one = new Browser(local);
    await one.signIn('admin@example.org');
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const redirect_uri = `http://${host}:8080/api/beat/docs/oauth2-redirect.html`;
      const { location } = await one.request(authorizePath({ ...swagger, redirect_uri }));
      assert.ok(location.startsWith(redirect_uri), location);
    }
    const redirect_uri = 'http://localhost:8081/api/beat/docs/oauth2-redirect.html';
    assert.equal((await one.request(authorizePath({ ...swagger, redirect_uri }))).status, 400);
    await local.remove();
  });
});

describe('consent', () => {
  let auth: RunningAuth;
  let browser: Browser;

  beforeEach(async () => {
    auth = await startAuth();
    await auth.register('admin@example.org');
    browser = new Browser(auth);
    await browser.signIn('admin@example.org');
  });

  afterEach(() => auth.remove());

  async function ask(client: object = {}): Promise<{ id: string; path: string; secret: string }> {
    const { body } = await registerClient(auth, client);
    const path = authorizePath({
      ...swagger,
      client_id: body.id,
      redirect_uri: clientRedirect,
      scope: 'read',
    });
    return { id: body.id, path, secret: body.secret };
  }

  it('is asked for once, and what it gives is limited', async () => {
    const { id, path } = await ask();
    const page = await browser.request(path);
    assert.equal(page.status, 200);
    assert.match(page.text, /Allow Reports\?/);
    assert.match(page.text, /https:\/\/client\.example/);
    assert.match(page.text, /see your files/);
    assert.doesNotMatch(page.text, /upload/);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /form-action 'self' https:\/\/client\.example;/);
    const { location } = await browser.submit(path, { decision: 'allow' });
    assert.ok(location.startsWith('https://client.example/callback?kept=1&'));
    const code = answerOf(location)['code'] ?? '';
    const { body } = await redeem(auth, code, { client_id: id, redirect_uri: clientRedirect });
    const token = body.access_token;
    assert.equal(body.scope, 'read');
    assert.deepEqual(decode(token).payload['roles'], ['user']);
    assert.equal((await auth.call('/users/me', { token })).body.role, 'admin');
    assert.equal((await auth.call('/users', { token })).status, 403);
    assert.equal((await auth.call('/users/me/sessions', { token })).status, 403);
    const change = { current_password: goodPassword, new_password: 'another long passphrase' };
    assert.equal((await auth.call('/users/me/password', { token, json: change })).status, 403);
    assert.match((await browser.request(path)).location, /^https:\/\/client\.example\/.*code=/);
    const more = path.replace('scope=read', 'scope=read+write');
    assert.equal((await browser.request(more)).status, 200);
  });

  it('goes back to the client with access_denied when it is not given', async () => {
    const { path } = await ask();
    const { location } = await browser.submit(path, { decision: 'deny' });
    const { error, state, code } = answerOf(location);
    assert.deepEqual([error, state, code], ['access_denied', 'the state', undefined]);
    assert.equal((await browser.request(path)).status, 200);
  });

  it('is asked for each time where another program could listen', async () => {
    const { body } = await registerClient(auth, { redirect_uris: ['http://127.0.0.1/done'] });
    const redirect_uri = 'http://127.0.0.1:49152/done';
    const path = authorizePath({ ...swagger, client_id: body.id, redirect_uri });
    for (const time of ['first', 'second']) {
      assert.equal((await browser.request(path)).status, 200, time);
      const { location } = await browser.submit(path, { decision: 'allow' });
      assert.ok(location.startsWith(`${redirect_uri}?`), location);
    }
  });

  it('needs the secret of a client that keeps one', async () => {
    const { id, path, secret } = await ask({ type: 'confidential' });
    const { location } = await browser.submit(path, { decision: 'allow' });
    const code = answerOf(location)['code'] ?? '';
    const form = { client_id: id, redirect_uri: clientRedirect };
    assert.equal((await redeem(auth, code, form)).body.error, 'invalid_client');
    const wrong = await redeem(auth, code, { ...form, client_secret: 'wrong' });
    assert.equal(wrong.body.error, 'invalid_client');
    assert.equal((await redeem(auth, code, { ...form, client_secret: secret })).status, 200);
  });

  it('is withdrawn on the account page, with what it gave', async () => {
    const { id, path } = await ask();
    const { location } = await browser.submit(path, { decision: 'allow' });
    const form = { client_id: id, redirect_uri: clientRedirect };
    const { body } = await redeem(auth, answerOf(location)['code'] ?? '', form);
    assert.match((await browser.request('/account')).text, /What you allowed others[\s\S]*Reports/);
    const other = new Browser(auth);
    await other.signUp('eve@example.org');
    assert.equal((await other.submit('/account', { withdraw: id })).status, 404);
    await browser.submit('/account', { withdraw: id });
    assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 401);
    assert.equal((await browser.request(path)).status, 200);
    assert.doesNotMatch((await browser.request('/account')).text, /What you allowed/);
  });

  it('is worth nothing once the client is taken away', async () => {
    const { id, path } = await ask();
    const { location } = await browser.submit(path, { decision: 'allow' });
    const code = answerOf(location)['code'] ?? '';
    const form = { client_id: id, redirect_uri: clientRedirect };
    const { refresh_token } = (await redeem(auth, code, form)).body;
    const token = (await auth.signIn('admin@example.org')).body.access_token;
    assert.equal((await auth.call(`/clients/${id}`, { method: 'DELETE', token })).status, 204);
    assert.equal((await browser.request(path)).status, 400);
    const refreshed = await auth.call('/token', {
      form: { grant_type: 'refresh_token', refresh_token, client_id: id },
    });
    assert.equal(refreshed.body.access_token, undefined);
  });

  const forged: [
    name: string,
    send: (path: string, token: string) => Promise<{ status: number }>,
  ][] = [
    ['no token', (path) => browser.request(path, { form: { decision: 'allow' } })],
    [
      'the token of another form',
      async (path) => {
        const form_token = readFormToken((await browser.request('/sign-out')).text);
        return browser.request(path, { form: { form_token, decision: 'allow' } });
      },
    ],
    [
      'a token of another request',
      async (path, form_token) =>
        browser.request(`${path}&scope=write`.replace('scope=read&', ''), {
          form: { form_token, decision: 'allow' },
        }),
    ],
    [
      'a token of another browser',
      async (path, form_token) => {
        const other = new Browser(auth);
        await other.signIn('admin@example.org');
        await other.request(path);
        return other.request(path, { form: { form_token, decision: 'allow' } });
      },
    ],
    [
      'another site as origin',
      (path, form_token) =>
        browser.request(path, {
          form: { form_token, decision: 'allow' },
          headers: { Origin: 'https://evil.example' },
        }),
    ],
    [
      'no origin that a browser tells',
      (path, form_token) =>
        browser.request(path, {
          form: { form_token, decision: 'allow' },
          headers: { Origin: 'null' },
        }),
    ],
    [
      'a cross-site request',
      (path, form_token) =>
        browser.request(path, {
          form: { form_token, decision: 'allow' },
          headers: { 'Sec-Fetch-Site': 'cross-site' },
        }),
    ],
    [
      'a request of a sibling',
      (path, form_token) =>
        browser.request(path, {
          form: { form_token, decision: 'allow' },
          headers: { 'Sec-Fetch-Site': 'same-site' },
        }),
    ],
  ];
  for (const [name, send] of forged) {
    it(`is not taken from a form with ${name}`, async () => {
      const { path } = await ask();
      const form_token = readFormToken((await browser.request(path)).text);
      assert.notEqual(form_token, '');
      assert.equal((await send(path, form_token)).status, 403);
      const real = { form_token, decision: 'allow' };
      const headers = { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://auth.test' };
      assert.equal((await browser.request(path, { form: real, headers })).status, 303);
    });
  }

  it('takes a form with a parameter twice, of another type or without a decision for none', async () => {
    const { path } = await ask();
    const token = readFormToken((await browser.request(path)).text);
    const twice = `form_token=${token}&decision=deny&decision=allow`;
    assert.equal((await browser.request(path, { form: twice })).status, 400);
    const json = { headers: { 'Content-Type': 'application/json' } };
    assert.equal((await browser.request(path, { form: '{}', ...json })).status, 400);
    assert.equal((await browser.request(path, { form: { form_token: token } })).status, 400);
  });
});
