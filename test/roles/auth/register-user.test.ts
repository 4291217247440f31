import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

describe('POST /users', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
    assert.equal((await auth.register('first@example.org')).body.role, 'admin');
  });

  after(() => auth.remove());

  it('answers 201 with the user, its address and nothing secret', async () => {
    const { status, headers, body } = await auth.register('ada@example.org');
    assert.equal(status, 201);
    assert.equal(headers.get('location'), `/api/auth/users/${body.id}`);
    assert.deepEqual(Object.keys(body), ['id', 'email', 'role', 'status', 'created_at']);
    assert.equal(body.role, 'user');
    assert.equal(body.status, 'active');
    assert.equal(new Date(body.created_at).toISOString(), body.created_at);
  });

  it('keeps the password as an argon2id hash, in a file for its owner alone', async () => {
    const path = join(auth.folder, 'auth.db');
    await auth.register('hashed@example.org', 'a very singular secret');
    const stored = readFileSync(`${path}-wal`, 'latin1') + readFileSync(path, 'latin1');
    assert.match(stored, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.ok(!stored.includes('a very singular secret'));
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('takes differently written addresses for the same one', async () => {
    assert.equal((await auth.register('  Zoë@Example.ORG ')).body.email, 'zoë@example.org');
    for (const email of ['zoë@example.org', 'ZOË@EXAMPLE.ORG', 'zoe\u0308@example.org']) {
      const { status, body } = await auth.register(email);
      assert.equal(status, 409, email);
      assert.equal(body.code, 'email_taken');
    }
  });

  const badRequests: [name: string, call: Parameters<RunningAuth['call']>[1], status: number][] = [
    ['broken JSON', { body: '{"email":', headers: { 'Content-Type': 'application/json' } }, 400],
    ['no body', { method: 'POST' }, 400],
    ['a form', { form: { email: 'a@example.org', password: goodPassword } }, 415],
    ['plain text', { body: 'hello', headers: { 'Content-Type': 'text/plain' } }, 415],
    ['an array', { json: [] }, 400],
    ['no password', { json: { email: 'a@example.org' } }, 400],
    ['no e-mail', { json: { password: goodPassword } }, 400],
    ['a number as password', { json: { email: 'a@example.org', password: 123456789012 } }, 400],
    ['a body over 16 KiB', { json: { email: 'a@example.org', password: 'x'.repeat(20_000) } }, 413],
  ];
  for (const [name, call, status] of badRequests) {
    it(`refuses ${name} with ${status}`, async () => {
      const answer = await auth.call('/users', call);
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal(answer.body.status, status);
    });
  }

  const badAddresses = [
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@b@c',
    'a da@example.org',
    'nul\0@example.org',
    'new\nline@example.org',
    'zero\u200bwidth@example.org',
    'half\ud800@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(253)}`,
    `${'a'.repeat(10_000)}@example.org`,
  ];
  for (const email of badAddresses) {
    it(`refuses the address ${JSON.stringify(email).slice(0, 40)}`, async () => {
      const { status, body } = await auth.register(email);
      assert.equal(status, 400);
      assert.equal(body.code, 'invalid_request');
      assert.equal(body.errors[0]?.field, 'body.email');
    });
  }

  const passwords: [name: string, password: string, status: number][] = [
    ['11 characters', 'kite-swan-7', 422],
    ['12 characters', 'kite-swan-78', 201],
    ['11 characters of two UTF-16 units each', '🦊'.repeat(11), 422],
    ['12 characters of two UTF-16 units each', '🦊🐙🦉🐢🦀🐝🦊🐙🦉🐢🦀🐝', 201],
    ['128 characters', 'kite-swan-78'.padEnd(128, 'é'), 201],
    ['128 characters of two UTF-16 units each', '🦊'.repeat(128), 201],
    ['129 characters', 'kite-swan-78'.padEnd(129, 'é'), 400],
    ['half a character', `kite-swan-78\ud800`, 400],
    ['a common password', '1qaz2wsx3edc', 422],
    ['a common password in capitals', 'QWERTY123456', 422],
  ];
  for (const [index, [name, password, status]] of passwords.entries()) {
    it(`answers ${status} to a password that is ${name}`, async () => {
      const answer = await auth.register(`password-${index}@example.org`, password);
      assert.equal(answer.status, status);
      if (status === 422) assert.equal(answer.body.code, 'weak_password');
      if (status !== 201) assert.equal(answer.body.errors[0]?.field, 'body.password');
      assert.ok(!JSON.stringify(answer.body).includes(password));
    });
  }

  it('refuses the address or the part before its @ as password', async () => {
    for (const password of ['grace.hopper.navy@example.org', 'Grace.Hopper.Navy']) {
      const { status, body } = await auth.register('grace.hopper.navy@example.org', password);
      assert.equal(status, 422);
      assert.equal(body.code, 'weak_password');
    }
  });

  it('makes one user of twenty registrations of one address at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => auth.register('popular@example.org')),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array.from({ length: 19 }, () => 409)]);
  });
});

describe('the first registration', () => {
  it('makes exactly one admin, however many come at once', async () => {
    const auth = await startAuth();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => auth.register(`racer-${index}@example.org`)),
    );
    assert.ok(answers.every(({ status }) => status === 201));
    assert.equal(answers.filter(({ body }) => body.role === 'admin').length, 1);
    await auth.remove();
  });

  for (const registration of ['closed', 'invite'] as const) {
    it(`is the only one without an invite when registration is ${registration}`, async () => {
      const auth = await startAuth({ registration });
      assert.equal((await auth.register('admin@example.org')).body.role, 'admin');
      const { status, body } = await auth.register('other@example.org');
      assert.equal(status, 403);
      assert.equal(body.code, 'registration_closed');
      await auth.remove();
    });
  }
});

describe('registrations of one address', () => {
  it('are limited to 20 an hour, those of the machine itself to 100 a minute', async () => {
    const auth = await startAuth({ registration: 'closed' });
    await auth.register('admin@example.org');
    const statusesFrom = async (from: string, count: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const json = { email: `u${index}@example.org`, password: goodPassword };
        statuses.push((await auth.call('/users', { json, from })).status);
      }
      return statuses;
    };
    const remote = await statusesFrom('192.0.2.7', 22);
    assert.deepEqual(remote, [...Array.from({ length: 20 }, () => 403), 429, 429]);
    assert.deepEqual([...new Set(await statusesFrom('127.0.0.1', 60))], [403]);
    const json = { email: 'late@example.org', password: goodPassword };
    const { status, headers, body } = await auth.call('/users', { json, from: '192.0.2.7' });
    assert.equal(status, 429);
    assert.equal(body.code, 'too_many_requests');
    const wait = Number(headers.get('retry-after'));
    assert.ok(wait > 100 && wait <= 180, String(wait));
    await auth.remove();
  });
});
