import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Answer, goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

describe('users', () => {
  let auth: RunningAuth;
  let admin: { id: string; token: string };
  let bob: { id: string; token: string; refresh: string };

  beforeEach(async () => {
    auth = await startAuth();
    const adminId = (await auth.register('admin@example.org')).body.id;
    admin = { id: adminId, token: (await auth.signIn('admin@example.org')).body.access_token };
    const bobId = (await auth.register('bob@example.org')).body.id;
    const { body } = await auth.signIn('bob@example.org');
    bob = { id: bobId, token: body.access_token, refresh: body.refresh_token };
  });

  afterEach(() => auth.remove());

  const change = (id: string, json: unknown, token = admin.token): Promise<Answer> =>
    auth.call(`/users/${id}`, { method: 'PATCH', token, json });

  describe('GET /users/me', () => {
    it('shows the user of the token', async () => {
      const { status, headers, body } = await auth.call('/users/me', { token: bob.token });
      assert.equal(status, 200);
      assert.equal(body.id, bob.id);
      assert.equal(headers.get('cache-control'), 'no-store');
    });

    it('is for people: a service gets 403', async () => {
      const token = await auth.serviceToken('file');
      assert.equal((await auth.call('/users/me', { token })).status, 403);
    });

    for (const [name, headers] of [
      ['no header', {}],
      ['another scheme', { Authorization: 'Basic eA==' }],
      ['no token', { Authorization: 'Bearer' }],
      ['nonsense', { Authorization: 'Bearer a.b.c' }],
    ] as const) {
      it(`answers 401 to ${name}`, async () => {
        const answer = await auth.call('/users/me', { headers });
        assert.equal(answer.status, 401);
        assert.equal(answer.body.code, 'unauthenticated');
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
      });
    }
  });

  describe('GET /users/{id}', () => {
    const cases: [who: string, token: () => Promise<string> | string, status: number][] = [
      ['the user themself', () => bob.token, 200],
      ['an admin', () => admin.token, 200],
      ['the service file, which has users:read', () => auth.serviceToken('file'), 200],
      ['the service worker, which has not', () => auth.serviceToken('worker'), 404],
    ];
    for (const [who, token, status] of cases) {
      it(`answers ${status} to ${who}`, async () => {
        const answer = await auth.call(`/users/${bob.id}`, { token: await token() });
        assert.equal(answer.status, status);
      });
    }

    it('does not tell another user whether there is such a user', async () => {
      const existing = await auth.call(`/users/${admin.id}`, { token: bob.token });
      const missing = await auth.call('/users/nobody', { token: bob.token });
      assert.equal(existing.status, 404);
      assert.equal(missing.body.detail, existing.body.detail);
    });
  });

  describe('GET /users', () => {
    it('is for admins', async () => {
      assert.equal((await auth.call('/users', { token: bob.token })).status, 403);
      const token = await auth.serviceToken('file');
      assert.equal((await auth.call('/users', { token })).status, 403);
    });

    it('gives every user once, in pages, by address', async () => {
      for (const name of ['zoe', 'carl', 'mia']) await auth.register(`${name}@example.org`);
      const emails: string[] = [];
      let path: string | undefined = '/users?limit=2';
      while (path !== undefined) {
        const { status, headers, list } = await auth.call(path, { token: admin.token });
        assert.equal(status, 200);
        assert.ok(list.length <= 2);
        emails.push(...list.map(({ email }) => email));
        path = /<\/api\/auth(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      }
      const names = ['admin', 'bob', 'carl', 'mia', 'zoe'];
      assert.deepEqual(
        emails,
        names.map((name) => `${name}@example.org`),
      );
    });

    it('filters by the beginning of the address, on every page', async () => {
      for (const name of ['bo', 'bob.jr', 'bobby', 'b%b']) {
        await auth.register(`${name}@example.org`);
      }
      const first = await auth.call('/users?email=BOB&limit=2', { token: admin.token });
      const next = /<\/api\/auth(.+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
      const second = await auth.call(next, { token: admin.token });
      const emails = [...first.list, ...second.list].map(({ email }) => email);
      const names = ['bob.jr', 'bob', 'bobby'];
      assert.deepEqual(
        emails,
        names.map((name) => `${name}@example.org`),
      );
      assert.equal(second.headers.get('link'), null);
    });

    it('refuses a cursor of another filter, a forged one and a bad limit', async () => {
      await auth.register('bobby@example.org');
      const { headers } = await auth.call('/users?email=bob&limit=1', { token: admin.token });
      const cursor = /cursor=([^>&]+)/.exec(headers.get('link') ?? '')?.[1] ?? '';
      assert.notEqual(cursor, '');
      for (const query of [
        `email=bo&cursor=${cursor}`,
        `cursor=${cursor}`,
        'cursor=x',
        'limit=0',
      ]) {
        const { status } = await auth.call(`/users?${query}`, { token: admin.token });
        assert.equal(status, 400, query);
      }
    });
  });

  describe('PATCH /users/{id}', () => {
    it('is for admins', async () => {
      assert.equal((await change(bob.id, { role: 'admin' }, bob.token)).status, 403);
    });

    it('takes effect here at once: a demoted admin’s token manages nothing', async () => {
      await change(bob.id, { role: 'admin' });
      const promoted = (await auth.signIn('bob@example.org')).body.access_token;
      assert.equal((await auth.call('/users', { token: promoted })).status, 200);
      assert.equal((await change(bob.id, { role: 'user' })).body.role, 'user');
      assert.equal((await auth.call('/users', { token: promoted })).status, 403);
    });

    it('ends the sessions of a disabled user, and lets them in again when active', async () => {
      assert.equal((await change(bob.id, { status: 'disabled' })).body.status, 'disabled');
      assert.equal((await auth.call('/users/me', { token: bob.token })).status, 401);
      assert.equal((await auth.refresh(bob.refresh)).status, 400);
      assert.equal((await auth.signIn('bob@example.org')).status, 400);
      await change(bob.id, { status: 'active' });
      assert.equal((await auth.refresh(bob.refresh)).status, 400);
      assert.equal((await auth.signIn('bob@example.org')).status, 200);
    });

    for (const json of [{ role: 'user' }, { role: 'auditor' }, { status: 'disabled' }]) {
      it(`keeps the last active admin from ${JSON.stringify(json)}`, async () => {
        const { body: carl } = await auth.register('carl@example.org');
        await change(carl.id, { role: 'admin', status: 'disabled' });
        const { status, body } = await change(admin.id, json);
        assert.equal(status, 409);
        assert.equal(body.code, 'last_admin');
        await change(carl.id, { status: 'active' });
        assert.equal((await change(admin.id, json)).status, 200);
      });
    }

    it('leaves one of two admins who demote each other at once', async () => {
      await change(bob.id, { role: 'admin' });
      const statuses = await Promise.all([
        change(admin.id, { role: 'user' }, bob.token),
        change(bob.id, { role: 'user' }, admin.token),
      ]);
      // Who comes second is no admin any more, or the last one: either way nothing changes.
      const [first, second] = statuses.map(({ status }) => status).sort();
      assert.equal(first, 200);
      assert.ok(second === 403 || second === 409, String(second));
    });

    for (const json of [{}, { role: 'king' }, { status: 'gone' }, []]) {
      it(`answers 400 to ${JSON.stringify(json)}`, async () => {
        assert.equal((await change(bob.id, json)).status, 400);
      });
    }

    it('answers 404 for no such user', async () => {
      assert.equal((await change('nobody', { role: 'user' })).status, 404);
    });
  });

  describe('POST /users/me/password', () => {
    const newPassword = 'seven quiet harbours';
    const setPassword = (current_password: string, new_password: string): Promise<Answer> =>
      auth.call('/users/me/password', {
        token: bob.token,
        json: { current_password, new_password },
      });

    it('changes the password and ends the other sessions, not this one', async () => {
      const other = (await auth.signIn('bob@example.org')).body;
      assert.equal((await setPassword(goodPassword, newPassword)).status, 204);
      assert.equal((await auth.refresh(other.refresh_token)).status, 400);
      assert.equal((await auth.call('/users/me', { token: other.access_token })).status, 401);
      assert.equal((await auth.call('/users/me', { token: bob.token })).status, 200);
      assert.equal((await auth.refresh(bob.refresh)).status, 200);
      assert.equal((await auth.signIn('bob@example.org')).status, 400);
      assert.equal((await auth.signIn('bob@example.org', newPassword)).status, 200);
    });

    it('refuses a wrong current password, and throttles guesses at it', async () => {
      const statuses: number[] = [];
      for (let round = 0; round < 6; round += 1) {
        statuses.push((await setPassword('not the password', newPassword)).status);
      }
      assert.deepEqual(statuses, [403, 403, 403, 403, 403, 429]);
    });

    for (const weak of ['short', '1qaz2wsx3edc', 'bob@example.org']) {
      it(`refuses ${weak} as the new one`, async () => {
        const { status, body } = await setPassword(goodPassword, weak);
        assert.equal(status, 422);
        assert.equal(body.errors[0]?.field, 'body.new_password');
      });
    }
  });
});
