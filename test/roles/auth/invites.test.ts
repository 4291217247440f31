import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { type Answer, goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

describe('invites', () => {
  let auth: RunningAuth;
  let token: string;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth({ registration: 'invite' });
    await auth.register('admin@example.org');
    token = (await auth.signIn('admin@example.org')).body.access_token;
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const invite = (json: Record<string, unknown> = {}): Promise<Answer> =>
    auth.call('/invites', { token, json });
  const accept = (email: string, code: string): Promise<Answer> =>
    auth.call('/users', { json: { email, password: goodPassword, invite: code } });

  it('let one person in, with the role they give', async () => {
    const { status, headers, body } = await invite({ role: 'auditor' });
    assert.equal(status, 201);
    assert.equal(headers.get('location'), `/api/auth/invites/${body.id}`);
    assert.equal((await accept('eve@example.org', body.code)).body.role, 'auditor');
    const second = await accept('mallory@example.org', body.code);
    assert.equal(second.status, 403);
    assert.equal(second.body.code, 'registration_closed');
  });

  it('let one of twenty in who come at once', async () => {
    const { code } = (await invite()).body;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => accept(`eve-${index}@example.org`, code)),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  });

  it('for an address are for that address', async () => {
    const { code } = (await invite({ email: 'Eve@Example.org' })).body;
    assert.equal((await accept('mallory@example.org', code)).status, 403);
    assert.equal((await accept('EVE@example.org', code)).status, 201);
  });

  it('are not used up by a registration that fails', async () => {
    const { code } = (await invite()).body;
    assert.equal((await accept('admin@example.org', code)).status, 409);
    assert.equal((await accept('eve@example.org', code)).status, 201);
  });

  it('expire', async () => {
    const { code } = (await invite({ expires_in_seconds: 60 })).body;
    mock.timers.tick(60_000);
    assert.equal((await accept('eve@example.org', code)).status, 403);
  });

  it('can be taken back', async () => {
    const { id, code } = (await invite()).body;
    const path = `/invites/${id}`;
    assert.equal((await auth.call(path, { method: 'DELETE', token })).status, 204);
    assert.equal((await auth.call(path, { method: 'DELETE', token })).status, 404);
    assert.equal((await accept('eve@example.org', code)).status, 403);
  });

  it('are listed in pages, without their codes', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await invite()).body.id);
    const first = await auth.call('/invites?limit=2', { token });
    const next = /<\/api\/auth(.+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await auth.call(next, { token });
    assert.deepEqual(
      [...first.list, ...second.list].map(({ id }) => id),
      ids,
    );
    assert.ok(first.list.every((row) => !('code' in row) && !('code_hash' in row)));
  });

  it('do not open a closed registration', async () => {
    const { code } = (await invite()).body;
    await auth.stop();
    auth = await startAuth({ folder: auth.folder, registration: 'closed' });
    assert.equal((await accept('eve@example.org', code)).status, 403);
  });

  it('are for admins', async () => {
    await accept('eve@example.org', (await invite()).body.code);
    const eve = (await auth.signIn('eve@example.org')).body.access_token;
    for (const [path, method] of [
      ['/invites', 'GET'],
      ['/invites', 'POST'],
      ['/invites/x', 'DELETE'],
    ] as const) {
      const json = method === 'POST' ? {} : undefined;
      const { status } = await auth.call(path, { method, token: eve, json });
      assert.equal(status, 403, `${method} ${path}`);
    }
  });

  for (const json of [
    { email: 'nobody' },
    { role: 'king' },
    { expires_in_seconds: 59 },
    { expires_in_seconds: 90 * 86_400 + 1 },
    { expires_in_seconds: 60.5 },
  ]) {
    it(`refuse ${JSON.stringify(json)}`, async () => {
      assert.equal((await invite(json)).status, 400);
    });
  }
});
