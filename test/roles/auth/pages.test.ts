import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { authorizePath, Browser, makeChallenge, readFormToken } from './browser.ts';
import { goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

const { challenge } = makeChallenge();

describe('the pages', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
    await auth.register('ada@example.org');
  });

  after(() => auth.remove());

  async function signedIn(): Promise<Browser> {
    const browser = new Browser(auth);
    await browser.signIn('ada@example.org');
    return browser;
  }

  const withForms: [path: string, isSignedIn: boolean, fields: Record<string, string>][] = [
    ['/sign-in', false, { username: 'ada@example.org', password: goodPassword }],
    ['/sign-up', false, { email: 'b@example.org', password: goodPassword }],
    ['/account', true, { end: 'x' }],
    ['/sign-out', true, {}],
    ['/device?user_code=BBBB-BBBB', true, { decision: 'allow' }],
  ];
  for (const [path, isSignedIn, fields] of withForms) {
    it(`takes the form of ${path} from nowhere else`, async () => {
      const browser = isSignedIn ? await signedIn() : new Browser(auth);
      const other = isSignedIn ? await signedIn() : new Browser(auth);
      const mine = readFormToken((await browser.request(path)).text);
      const theirs = readFormToken((await other.request(path)).text);
      const forms: [string, Record<string, string>, Record<string, string>][] = [
        ['no token', fields, {}],
        ['an empty token', { ...fields, form_token: '' }, {}],
        ['a token of another browser', { ...fields, form_token: theirs || 'x' }, {}],
        ['another origin', { ...fields, form_token: mine }, { Origin: 'https://evil.example' }],
        ['another site', { ...fields, form_token: mine }, { 'Sec-Fetch-Site': 'cross-site' }],
        ['no cookie', { ...fields, form_token: mine }, { Cookie: 'x=y' }],
      ];
      for (const [name, form, headers] of forms) {
        const { status, headers: answered } = await browser.request(path, { form, headers });
        assert.equal(status, 403, name);
        assert.equal(answered.has('set-cookie'), false, name);
      }
    });
  }

  const all = ['/sign-in', '/sign-up', '/authorize', '/sign-out', '/device', '/account'];
  for (const path of all) {
    it(`serves ${path} so that no frame, script or cache gets at it`, async () => {
      for (const browser of [new Browser(auth), await signedIn()]) {
        const { status, headers, text } = await browser.request(path);
        if (status === 303) continue;
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /^default-src 'none'; style-src 'self'; form-action 'self'/);
        assert.match(policy, /frame-ancestors 'none'/);
        assert.equal(headers.get('x-frame-options'), 'DENY');
        assert.equal(headers.get('cache-control'), 'no-store');
        assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
        assert.doesNotMatch(text, /<script|style=|onclick|javascript:/i);
      }
    });

    it(`serves ${path} for keyboards and screen readers`, async () => {
      for (const browser of [new Browser(auth), await signedIn()]) {
        const { status, text } = await browser.request(path);
        if (status === 303) continue;
        assert.match(text, /<html lang="en">/);
        assert.match(text, /<title>[^<]+<\/title>/);
        assert.equal(text.match(/<h1>/g)?.length, 1);
        assert.match(text, /<main>/);
        for (const [, attributes = ''] of text.matchAll(/<input([^>]*)>/g)) {
          if (attributes.includes('type="hidden"')) continue;
          const id = /id="([^"]+)"/.exec(attributes)?.[1] ?? '';
          assert.ok(text.includes(`<label for="${id}">`), id);
          assert.match(attributes, /autocomplete="/);
        }
        for (const [, ids = ''] of text.matchAll(/aria-describedby="([^"]+)"/g)) {
          for (const id of ids.split(' ')) assert.ok(text.includes(`id="${id}"`), id);
        }
      }
    });
  }

  it('serves their style sheet', async () => {
    const { status, headers } = await new Browser(auth).request('/pages.css');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/css/);
  });

  const nexts = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/authorize/../../../evil',
    '/authorize@evil.example',
    '/authorize',
    '/authorize?a=b\r\nSet-Cookie: x=y',
    '/authorize? x',
    '/device/../account',
    '/devices',
    '/account?x',
    '/users/me',
    'authorize?x',
    ' /account',
    'javascript:alert(1)',
    '%2f%2fevil.example',
    `/authorize?${'a'.repeat(8_000)}`,
    '',
  ];
  for (const next of nexts) {
    it(`does not go on to ${JSON.stringify(next.slice(0, 40))} after signing in`, async () => {
      const { status, location } = await new Browser(auth).signIn('ada@example.org', next);
      assert.deepEqual([status, location], [303, '/api/auth/account']);
    });
  }

  it('goes on to nothing but its own pages, whatever is asked for', async () => {
    const browser = await signedIn();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (tail) => {
        for (const head of ['', '/', '/authorize?', '/device?', '/account']) {
          const query = new URLSearchParams({ next: head + tail });
          const { location } = await browser.request(`/sign-in?${query}`);
          assert.match(location, /^\/api\/auth\/(authorize\?|device(\?|$)|account$)/);
          assert.equal(new URL(location, 'http://auth.test').origin, 'http://auth.test');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('lets a form lead to the client that is asked for, and to no other', async () => {
    const request = {
      response_type: 'code',
      client_id: 'swagger',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    const policyFor = async (redirect_uri: string): Promise<string> => {
      const next = authorizePath({ ...request, redirect_uri });
      const page = await new Browser(auth).request(`/sign-in?${new URLSearchParams({ next })}`);
      return page.headers.get('content-security-policy') ?? '';
    };
    const own = await policyFor('http://auth.test/api/file/docs/oauth2-redirect.html');
    assert.match(own, /form-action 'self' http:\/\/auth\.test;/);
    assert.match(await policyFor('https://evil.example/'), /form-action 'self';/);
  });

  it('takes a new cookie at each sign-in, and none that was planted', async () => {
    const browser = new Browser(auth);
    const name = 'sensitivity-80-session';
    browser.cookies.set(name, 'planted-by-somebody-else');
    await browser.signIn('ada@example.org');
    const first = browser.cookies.get(name);
    assert.notEqual(first, 'planted-by-somebody-else');
    assert.match(first ?? '', /^[\w-]{43}$/);
    const other = new Browser(auth);
    await other.signIn('ada@example.org');
    assert.notEqual(other.cookies.get(name), first);
  });

  it('sets cookies that scripts and other sites do not get', async () => {
    const page = await new Browser(auth).request('/sign-in');
    assert.match(page.headers.get('set-cookie') ?? '', /; Path=\/; HttpOnly; SameSite=Lax$/);
    const secure = await startAuth({ issuer: 'https://auth.example/api/auth' });
    const cookie = (await new Browser(secure).request('/sign-in')).headers.get('set-cookie') ?? '';
    assert.match(
      cookie,
      /^__Host-sensitivity-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await secure.remove();
  });

  it('tells no more of an unknown address than of a wrong password', async () => {
    const answers = [];
    for (const username of ['ada@example.org', 'nobody@example.org']) {
      const browser = new Browser(auth);
      const { status, text, headers } = await browser.submit('/sign-in', {
        username,
        password: 'not the password at all',
      });
      assert.equal(headers.has('set-cookie'), false);
      answers.push({
        status,
        text: text.replaceAll(username, '').replace(readFormToken(text), ''),
      });
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.equal(answers[0]?.status, 400);
    assert.match(answers[0]?.text ?? '', /role="alert"/);
  });

  it('shows what was typed, escaped, but never the password', async () => {
    const username = `"><script>alert(1)</script>'@x`;
    const { text } = await new Browser(auth).submit('/sign-in', {
      username,
      password: 'my secret',
    });
    assert.doesNotMatch(text, /<script|my secret/);
    assert.match(text, /&quot;&gt;&lt;script&gt;/);
    const weak = { email: username, password: 'short', invite: username };
    const up = await new Browser(auth).submit('/sign-up', weak);
    assert.equal(up.status, 400);
    assert.doesNotMatch(up.text, /<script|short"/);
  });

  it('tells on the page why nobody is registered', async () => {
    const cases: [fields: Record<string, string>, status: number, text: RegExp][] = [
      [{ email: 'no address', password: goodPassword }, 400, /an e-mail address/],
      [{ email: 'c@example.org', password: 'short' }, 422, /at least 12 characters/],
      [{ email: 'ada@example.org', password: goodPassword }, 409, /sign in instead/],
      [{ email: 'c@example.org', password: goodPassword, invite: 'x' }, 403, /invite is used/],
    ];
    for (const [fields, status, text] of cases) {
      const answer = await new Browser(auth).submit('/sign-up', fields);
      assert.equal(answer.status, status);
      assert.match(answer.text, text);
    }
  });

  it('tells who has to wait, and how long', async () => {
    const from = '192.0.2.7';
    let last = { status: 0, headers: new Headers() };
    for (let failure = 0; failure < 6; failure += 1) {
      const fields = { username: 'eve@example.org', password: 'not the password' };
      last = await new Browser(auth).submit('/sign-in', fields, { from });
    }
    assert.equal(last.status, 429);
    assert.match(last.headers.get('retry-after') ?? '', /^\d+$/);
  });

  it('shows where a person is signed in, and ends what they choose', async () => {
    const browser = await signedIn();
    const { access_token: token } = (await auth.signIn('ada@example.org')).body;
    const sessions = (await auth.call('/users/me/sessions', { token })).list;
    const current = sessions.filter(({ current }) => current);
    assert.equal(current.length, 1);
    const id = current[0]?.id ?? '';
    assert.ok((await browser.request('/account')).text.includes(id));
    assert.equal((await browser.submit('/account', { end: id })).location, '/api/auth/account');
    assert.equal((await auth.call('/users/me', { token })).status, 401);
    assert.equal((await browser.submit('/account', { end: id })).status, 404);
  });

  it('lets nobody end what is another person’s', async () => {
    await auth.register('grace@example.org');
    const { access_token: token } = (await auth.signIn('grace@example.org')).body;
    const [session] = (await auth.call('/users/me/sessions', { token })).list;
    const browser = await signedIn();
    assert.equal((await browser.submit('/account', { end: session?.id ?? '' })).status, 404);
    const mine = (await auth.signIn('ada@example.org')).body.access_token;
    for (const path of [`/users/me/sessions/${session?.id}`, '/users/me/sessions/none']) {
      const answer = await auth.call(path, { method: 'DELETE', token: mine });
      assert.equal(answer.status, 404);
    }
    const own = await auth.call(`/users/me/sessions/${session?.id}`, { method: 'DELETE', token });
    assert.equal(own.status, 204);
    assert.equal((await auth.call('/users/me', { token })).status, 401);
  });

  it('lets an admin end all sessions of a user, in browsers too', async () => {
    const { id } = (await auth.register('joan@example.org')).body;
    const browser = new Browser(auth);
    await browser.signIn('joan@example.org');
    const path = `/users/${id}/sessions`;
    const own = (await auth.signIn('joan@example.org')).body.access_token;
    assert.equal((await auth.call(path, { method: 'DELETE', token: own })).status, 403);
    const admin = (await auth.signIn('ada@example.org')).body.access_token;
    assert.equal((await auth.call(path, { method: 'DELETE', token: admin })).status, 204);
    assert.equal((await auth.call('/users/me', { token: own })).status, 401);
    assert.equal((await browser.request('/account')).status, 303);
    const nobody = { method: 'DELETE', token: admin };
    assert.equal((await auth.call('/users/none/sessions', nobody)).status, 404);
  });

  it('refuses passwords that are little more than words of its own', async () => {
    const weak = ['Sensitivity2026!', 'admin-admin-admin', 'password-joan-password'];
    for (const password of weak) {
      const { status, text } = await new Browser(auth).submit('/sign-up', {
        email: 'joan@example.org',
        password,
      });
      assert.equal(status, 422, password);
      assert.match(text, /little more than words/);
    }
  });

  it('asks for an invite where one is needed, and has no sign-up where nobody may', async () => {
    const byInvite = await startAuth({ registration: 'invite' });
    await byInvite.register('admin@example.org');
    const page = await new Browser(byInvite).request('/sign-up?invite=abc');
    assert.match(page.text, /<label for="invite">Invite code<\/label>/);
    assert.match(page.text, /value="abc"/);
    await byInvite.remove();
    const closed = await startAuth({ registration: 'closed' });
    assert.doesNotMatch((await new Browser(closed).request('/sign-in')).text, /sign-up/);
    await closed.remove();
  });
});
