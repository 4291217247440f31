import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { newRecoveryCodes, readRecoveryCode } from '../../../src/roles/auth/recovery-code.ts';
import {
  findTotpStep,
  fromBase32,
  toBase32,
  totpCode,
  totpStep,
} from '../../../src/roles/auth/totp.ts';
import { answerOf, authorizePath, Browser, makeChallenge, type PageAnswer } from './browser.ts';
import { goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

const email = 'ada@example.org';

describe('the second factor', () => {
  let auth: RunningAuth;
  let browser: Browser;
  let key: Uint8Array;
  let recovery: string[];

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register(email);
    browser = new Browser(auth);
    await browser.signIn(email);
    const path = '/account/second-factor';
    const text = /name="key" value="([A-Z2-7]{32})"/.exec((await browser.request(path)).text)?.[1];
    key = fromBase32(text ?? '') ?? new Uint8Array();
    const fields = { key: text ?? '', code: codeNow(), password: goodPassword };
    const page = await browser.submit(path, fields);
    assert.equal(page.status, 200);
    recovery = [...page.text.matchAll(/<code>([A-Z2-7-]{29})<\/code>/g)].map(
      ([, code = '']) => code,
    );
    mock.timers.tick(30_000);
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const codeNow = (steps = 0): string => totpCode(key, totpStep(Date.now()) + steps);

  async function signIn(code: string, one = new Browser(auth)): Promise<PageAnswer> {
    const { location } = await one.signIn(email, '/device');
    assert.equal(location, '/api/auth/sign-in/code?next=%2Fdevice');
    return one.submit(location, { code });
  }

  it('is asked for after the password, and leads on to where the person wanted to', async () => {
    const one = new Browser(auth);
    const { status, location } = await signIn(codeNow(), one);
    assert.deepEqual([status, location], [303, '/api/auth/device']);
    assert.equal((await one.request('/account')).status, 200);
    assert.equal(one.cookies.has('sensitivity-80-pending'), false);
  });

  it('leaves nobody signed in between the two steps', async () => {
    const one = new Browser(auth);
    await one.signIn(email);
    assert.match((await one.request('/account')).location, /\/sign-in\?/);
    assert.equal(one.cookies.has('sensitivity-80-session'), false);
  });

  it('takes each code once, and a little early or late', async () => {
    const code = codeNow();
    assert.equal((await signIn(code)).status, 303);
    const again = await signIn(code);
    assert.equal(again.status, 400);
    assert.match(again.text, /used already/);
    assert.equal((await signIn(codeNow(-1))).status, 400);
    assert.equal((await signIn(codeNow(1))).status, 303);
    assert.equal((await signIn(codeNow(2))).status, 400);
  });

  it('takes one of two who bring the same code at once', async () => {
    const browsers = [new Browser(auth), new Browser(auth)];
    const code = codeNow();
    const answers = await Promise.all(browsers.map((one) => signIn(code, one)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400]);
  });

  it('takes each recovery code once, however it is typed', async () => {
    assert.equal(recovery.length, 10);
    const [first = '', second = ''] = recovery;
    assert.equal((await signIn(first)).status, 303);
    assert.equal((await signIn(first)).status, 400);
    assert.equal((await signIn(second.toLowerCase().replaceAll('-', ' '))).status, 303);
  });

  it('lets nobody guess, not even side by side', async () => {
    const one = new Browser(auth);
    const { location } = await one.signIn(email);
    const wrong = String((Number(codeNow()) + 1) % 1_000_000).padStart(6, '0');
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => one.submit(location, { code: wrong })),
    );
    const statuses = answers.map(({ status }) => status);
    assert.ok(statuses.filter((status) => status === 400).length <= 5, statuses.join());
    assert.ok(statuses.includes(429));
    assert.equal((await one.submit(location, { code: codeNow() })).status, 429);
  });

  it('wants the first step again after five minutes, or another password', async () => {
    const one = new Browser(auth);
    const { location } = await one.signIn(email);
    mock.timers.tick(300_000);
    assert.match((await one.submit(location, { code: codeNow() })).location, /\/sign-in\?/);
    const forged = new Browser(auth);
    const next = await forged.signIn(email);
    const cookie = forged.cookies.get('sensitivity-80-pending') ?? '';
    const later = cookie.replace(/\.\d+\./, `.${Date.now() + 1e9}.`);
    for (const value of [later, 'x', '..', `${cookie}x`]) {
      forged.cookies.set('sensitivity-80-pending', value);
      const { location: back } = await forged.submit(next.location, { code: codeNow() });
      assert.match(back, /\/sign-in\?/, value);
      forged.cookies.set('sensitivity-80-pending', value);
    }
  });

  it('keeps the password grant from being a way around it', async () => {
    const { status, body } = await auth.signIn(email);
    assert.deepEqual([status, body.error], [400, 'invalid_grant']);
    assert.equal(body.access_token, undefined);
    assert.equal((await auth.signIn(email, 'not the password')).body.error, 'invalid_grant');
  });

  it('is removed with password and code, and not without', async () => {
    const path = '/account/second-factor';
    const wrong = await browser.submit(path, { code: codeNow(), password: 'not the password' });
    assert.equal(wrong.status, 403);
    assert.equal((await browser.submit(path, { code: 'x', password: goodPassword })).status, 403);
    const right = { code: codeNow(), password: goodPassword };
    assert.equal((await browser.submit(path, right)).location, '/api/auth/account');
    assert.equal((await auth.signIn(email)).status, 200);
  });

  it('ends the other sessions of the person, but not the one it is added from', async () => {
    const other = new Browser(auth);
    await signIn(codeNow(), other);
    mock.timers.tick(30_000);
    const right = { code: codeNow(), password: goodPassword };
    await browser.submit('/account/second-factor', right);
    assert.equal((await browser.request('/account')).status, 200);
    assert.equal((await other.request('/account')).status, 303);
  });

  it('is not replaced by whoever finds the browser open', async () => {
    const mine = toBase32(new Uint8Array(20));
    const code = totpCode(new Uint8Array(20), totpStep(Date.now()));
    const fields = { key: mine, code, password: goodPassword };
    assert.equal((await browser.submit('/account/second-factor', fields)).status, 409);
  });
});

describe('the second factor where everybody needs one', () => {
  it('is added before any client gets anything', async () => {
    const auth = await startAuth({ secondFactor: 'required' });
    await auth.register(email);
    assert.equal((await auth.signIn(email)).body.error, 'unauthorized_client');
    const browser = new Browser(auth);
    const { verifier, challenge } = makeChallenge();
    const redirect_uri = 'http://auth.test/api/file/docs/oauth2-redirect.html';
    const path = authorizePath({
      response_type: 'code',
      client_id: 'swagger',
      redirect_uri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    await browser.signIn(email, path);
    for (const wanted of [path, '/device', '/device?user_code=BBBB-BBBB']) {
      const { location } = await browser.request(wanted);
      assert.match(location, /^\/api\/auth\/account\/second-factor\?next=/, wanted);
    }
    const { location } = await browser.request(path);
    const { text } = await browser.request(location);
    const key = /name="key" value="([A-Z2-7]{32})"/.exec(text)?.[1] ?? '';
    const code = totpCode(fromBase32(key) ?? new Uint8Array(), totpStep(Date.now()));
    const page = await browser.submit(location, { key, code, password: goodPassword });
    assert.ok(page.text.includes(`href="/api/auth${path.replaceAll('&', '&amp;')}"`));
    const answer = answerOf((await browser.request(path)).location);
    const form = { grant_type: 'authorization_code', client_id: 'swagger', redirect_uri };
    const tokens = await auth.call('/token', {
      form: { ...form, code: answer['code'] ?? '', code_verifier: verifier },
    });
    assert.equal(tokens.status, 200);
    await auth.remove();
  });
});

describe('totpCode()', () => {
  // RFC 6238, appendix B, the last six digits.
  const key = Buffer.from('12345678901234567890');
  const cases: [seconds: number, code: string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];
  for (const [seconds, code] of cases) {
    it(`is ${code} at ${seconds} s`, () => {
      assert.equal(totpCode(key, totpStep(seconds * 1_000)), code);
    });
  }

  it('is found for the steps around now alone, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 60_000 }), (code, now) => {
        const step = findTotpStep(key, code, { now, after: -5 });
        assert.ok(step === undefined || Math.abs(step - totpStep(now)) <= 1);
      }),
    );
  });
});

describe('Base32 and recovery codes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        assert.deepEqual(fromBase32(toBase32(bytes)), bytes);
      }),
    );
    assert.equal(toBase32(Buffer.from('foobar')), 'MZXW6YTBOI');
    assert.equal(fromBase32('MZXW6YTB0I'), undefined);
  });

  it('read what was made and nothing else', () => {
    const codes = newRecoveryCodes();
    assert.equal(new Set(codes).size, 10);
    for (const code of codes) assert.equal(readRecoveryCode(code), code);
    for (const text of ['', 'ABCD', 'A'.repeat(25), '1'.repeat(24)]) {
      assert.equal(readRecoveryCode(text), undefined);
    }
  });
});
