import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { type Answer, goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

const ada = 'ada@example.org';
const elsewhere = '192.0.2.66';

describe('signing in', () => {
  let auth: RunningAuth;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register(ada);
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const pass = (seconds: number): void => mock.timers.tick(seconds * 1_000);
  const fail = async (email: string, times: number, from = elsewhere): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let time = 0; time < times; time += 1) {
      answers.push(await auth.signIn(email, 'not the password', from));
    }
    return answers;
  };
  const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status);

  it('says the same of an unknown user, a wrong password and a disabled user', async () => {
    const admin = (await auth.signIn(ada)).body.access_token;
    const { body: bob } = await auth.register('bob@example.org');
    await auth.call(`/users/${bob.id}`, {
      method: 'PATCH',
      token: admin,
      json: { status: 'disabled' },
    });
    const answers = [
      await auth.signIn('nobody@example.org'),
      await auth.signIn(ada, 'not the password'),
      await auth.signIn('bob@example.org'),
      await auth.signIn('bob@example.org', 'not the password'),
    ];
    const seen = answers.map(({ status, headers, body }) => {
      const names = [...headers.keys()].sort();
      return JSON.stringify({ status, names, body });
    });
    assert.equal(new Set(seen).size, 1, seen.join('\n'));
  });

  it('hashes once for an unknown user, a wrong password and a disabled user alike', async () => {
    const metric = auth.metrics.getSingleMetric('sensitivity_auth_password_hashes_total');
    const count = async (): Promise<number> => (await metric?.get())?.values[0]?.value ?? -1;
    for (const email of ['nobody@example.org', ada, 'bob@example.org']) {
      const before = await count();
      await auth.signIn(email, 'not the password', '198.51.100.7');
      assert.equal(await count(), before + 1, email);
    }
  });

  for (const email of [ada, 'nobody@example.org']) {
    it(`makes guessing at ${email} wait twice as long each time, up to 15 minutes`, async () => {
      assert.deepEqual(statuses(await fail(email, 6)), [400, 400, 400, 400, 400, 429]);
      const waits: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        const { body, headers, status } = await auth.signIn(email, 'not the password', elsewhere);
        assert.equal(status, 429);
        assert.equal(body.error, 'slow_down');
        const wait = Number(headers.get('retry-after'));
        waits.push(wait);
        pass(wait);
        assert.deepEqual(statuses(await fail(email, 1)), [400]);
      }
      assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    });
  }

  it('lets the right password in once the wait is over, and forgets the failures', async () => {
    await fail(ada, 5);
    assert.equal((await auth.signIn(ada, goodPassword, elsewhere)).status, 429);
    pass(1);
    assert.equal((await auth.signIn(ada, goodPassword, elsewhere)).status, 200);
    assert.deepEqual(statuses(await fail(ada, 5)), [400, 400, 400, 400, 400]);
  });

  it('lets the owner in from a known address while strangers guess', async () => {
    assert.equal((await auth.signIn(ada, goodPassword, '203.0.113.5')).status, 200);
    await fail(ada, 5);
    assert.equal((await auth.signIn(ada, goodPassword, elsewhere)).status, 429);
    assert.equal((await auth.signIn(ada, goodPassword, '203.0.113.5')).status, 200);
  });

  it('makes guesses from a known address wait as well', async () => {
    await auth.signIn(ada, goodPassword, elsewhere);
    assert.deepEqual(statuses(await fail(ada, 6)), [400, 400, 400, 400, 400, 429]);
  });

  it('does not let guesses made side by side outrun the counter', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        auth.signIn(ada, 'not the password', `198.51.100.${index}`),
      ),
    );
    const tried = statuses(answers).filter((status) => status === 400).length;
    assert.ok(tried >= 5 && tried <= 6, `${tried} were tried`);
  });

  it('stops an address after 30 failures a minute, whatever the accounts', async () => {
    for (let index = 0; index < 30; index += 1) {
      assert.deepEqual(statuses(await fail(`user-${index}@example.org`, 1)), [400]);
    }
    const { status, headers } = await auth.signIn(ada, goodPassword, elsewhere);
    assert.equal(status, 429);
    assert.equal(headers.get('retry-after'), '2');
    assert.equal((await auth.signIn(ada, goodPassword, '203.0.113.5')).status, 200);
    pass(2);
    assert.equal((await auth.signIn(ada, goodPassword, elsewhere)).status, 200);
  });

  it('counts the addresses of one IPv6 network together', async () => {
    for (let index = 0; index < 30; index += 1) {
      await fail(`user-${index}@example.org`, 1, `2001:db8:1:2::${index.toString(16)}`);
    }
    assert.equal((await auth.signIn(ada, goodPassword, '2001:db8:1:2:ffff::1')).status, 429);
    assert.equal((await auth.signIn(ada, goodPassword, '2001:db8:1:3::1')).status, 200);
  });

  it('keeps counting over a restart', async () => {
    await fail(ada, 5);
    await auth.stop();
    const { folder } = auth;
    auth = await startAuth({ folder });
    assert.deepEqual(statuses(await fail(ada, 1)), [429]);
  });

  it('keeps services out of it: a right secret never waits', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'worker' };
    for (let index = 0; index < 30; index += 1) {
      await auth.call('/token', { form: { ...form, client_secret: 'wrong' } });
    }
    const wrong = await auth.call('/token', { form: { ...form, client_secret: 'wrong' } });
    assert.equal(wrong.status, 429);
    const right = await auth.call('/token', { form: { ...form, client_secret: 'worker-secret' } });
    assert.equal(right.status, 200);
  });

  it('believes X-Forwarded-For of trusted proxies only', async () => {
    const form = (email: string) => ({ grant_type: 'password', username: email, password: 'x' });
    const guess = (index: number, from: string) =>
      auth.call('/token', {
        form: form(`user-${index}@example.org`),
        headers: { 'X-Forwarded-For': `198.51.100.${index}` },
        from,
      });
    for (let index = 0; index < 30; index += 1) await guess(index, elsewhere);
    assert.equal((await guess(31, elsewhere)).status, 429);
    await auth.remove();
    auth = await startAuth({ trustedProxies: ['192.0.2.0/24'] });
    for (let index = 0; index < 30; index += 1) await guess(index, elsewhere);
    assert.equal((await guess(31, elsewhere)).status, 400);
  });
});
