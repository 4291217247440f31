import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { newUserCode, readUserCode } from '../../../src/roles/auth/user-code.ts';
import { Browser, readFormToken } from './browser.ts';
import { type Answer, type RunningAuth, startAuth } from './start-auth.ts';

const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';

describe('the device flow', () => {
  let auth: RunningAuth;
  let browser: Browser;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register('ada@example.org');
    browser = new Browser(auth);
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const start = (client_id = 'sensitivity-cli', from = '127.0.0.1'): Promise<Answer> =>
    auth.call('/device_authorization', { form: { client_id }, from });

  const poll = (device_code: string, client_id = 'sensitivity-cli'): Promise<Answer> => {
    mock.timers.tick(2_000);
    return auth.call('/token', { form: { grant_type, device_code, client_id } });
  };

  const pathOf = (user_code: string): string => `/device?${new URLSearchParams({ user_code })}`;

  it('signs in a device that a person agrees to, once', async () => {
    const { status, body } = await start();
    assert.equal(status, 200);
    assert.match(body.user_code, /^[B-Z]{4}-[B-Z]{4}$/);
    assert.ok(body.verification_uri_complete.endsWith(`/api/auth${pathOf(body.user_code)}`));
    assert.equal((await poll(body.device_code)).body.error, 'authorization_pending');
    const path = pathOf(body.user_code);
    const away = await browser.request(path);
    assert.match(away.location, /\/sign-in\?next=%2Fdevice/);
    assert.equal((await browser.signIn('ada@example.org', path)).location, `/api/auth${path}`);
    const page = await browser.request(path);
    assert.match(page.text, /ada@example\.org/);
    assert.ok(page.text.includes(`<code>${body.user_code}</code>`));
    assert.equal((await browser.submit(path, { decision: 'allow' })).status, 200);
    const granted = await poll(body.device_code);
    assert.equal(granted.status, 200);
    const token = granted.body.access_token;
    assert.equal((await auth.call('/users/me', { token })).body.email, 'ada@example.org');
    assert.equal((await poll(body.device_code)).body.error, 'invalid_grant');
    assert.equal((await browser.request(path)).status, 404);
    const form = { grant_type: 'refresh_token', client_id: 'sensitivity-cli' };
    const { refresh_token } = granted.body;
    assert.equal((await auth.call('/token', { form: { ...form, refresh_token } })).status, 200);
  });

  it('turns a device away that a person does not want', async () => {
    const { body } = await start();
    await browser.signIn('ada@example.org');
    await browser.submit(pathOf(body.user_code), { decision: 'deny' });
    assert.equal((await poll(body.device_code)).body.error, 'access_denied');
  });

  it('tells a device that polls too fast to slow down, with the status 400', async () => {
    const { body } = await start();
    await poll(body.device_code);
    const form = { grant_type, device_code: body.device_code, client_id: 'sensitivity-cli' };
    const fast = await auth.call('/token', { form });
    assert.deepEqual([fast.status, fast.body.error], [400, 'slow_down']);
    assert.equal((await poll(body.device_code)).body.error, 'slow_down');
    mock.timers.tick(12_000);
    assert.equal((await auth.call('/token', { form })).body.error, 'authorization_pending');
  });

  it('forgets a device after ten minutes', async () => {
    const { body } = await start();
    await browser.signIn('ada@example.org');
    mock.timers.tick(600_000);
    assert.equal((await browser.request(pathOf(body.user_code))).status, 404);
    assert.equal((await poll(body.device_code)).body.error, 'expired_token');
  });

  it('gives nothing for a device code to another client', async () => {
    const { body } = await start();
    assert.equal((await poll(body.device_code, 'swagger')).body.error, 'unauthorized_client');
    assert.equal((await poll('a'.repeat(43))).body.error, 'invalid_grant');
  });

  const refused: [client: string, status: number, error: string][] = [
    ['swagger', 400, 'unauthorized_client'],
    ['nobody', 401, 'invalid_client'],
    ['worker', 401, 'invalid_client'],
    ['', 401, 'invalid_client'],
  ];
  for (const [client, status, error] of refused) {
    it(`does not begin for the client ${JSON.stringify(client)}`, async () => {
      const answer = await start(client);
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
    });
  }

  it('lets nobody guess codes, nor begin without end', async () => {
    await browser.signIn('ada@example.org');
    const statuses = new Set<number>();
    for (let guess = 0; guess < 40; guess += 1) {
      const { status } = await browser.request(pathOf(newUserCode()), { from: '192.0.2.1' });
      statuses.add(status);
    }
    assert.deepEqual([...statuses], [404, 429]);
    const begun = await Promise.all(
      Array.from({ length: 40 }, () => start(undefined, '192.0.2.2')),
    );
    assert.deepEqual([...new Set(begun.map(({ status }) => status))].sort(), [200, 429]);
  });

  it('takes no decision from a form of another page', async () => {
    const mine = (await start()).body;
    const attackers = (await start()).body;
    await browser.signIn('ada@example.org');
    const form_token = readFormToken((await browser.request(pathOf(mine.user_code))).text);
    const form = { form_token, decision: 'allow' };
    assert.equal((await browser.request(pathOf(attackers.user_code), { form })).status, 403);
    assert.equal((await poll(attackers.device_code)).body.error, 'authorization_pending');
  });

  it('gives nothing for a person who was disabled meanwhile', async () => {
    const { id } = (await auth.register('grace@example.org')).body;
    const { body } = await start();
    await browser.signIn('grace@example.org');
    await browser.submit(pathOf(body.user_code), { decision: 'allow' });
    const token = (await auth.signIn('ada@example.org')).body.access_token;
    await auth.call(`/users/${id}`, { method: 'PATCH', token, json: { status: 'disabled' } });
    assert.equal((await poll(body.device_code)).body.error, 'access_denied');
  });
});

describe('readUserCode()', () => {
  it('reads a code however it is typed', () => {
    const code = newUserCode();
    const letters = code.replace('-', '');
    for (const typed of [code, letters, code.toLowerCase(), ` ${[...letters].join(' ')} `]) {
      assert.equal(readUserCode(typed), code);
    }
  });

  it('reads nothing else, and never throws', () => {
    for (const typed of ['', 'ABCD-EFGH', 'BCDF-GHJ', 'BCDF-GHJKL', 'B'.repeat(100)]) {
      assert.equal(readUserCode(typed), undefined, typed);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const read = readUserCode(typed);
        assert.ok(read === undefined || /^[B-Z]{4}-[B-Z]{4}$/.test(read));
      }),
    );
  });
});
