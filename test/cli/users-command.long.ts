import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { goodPassword, type RunningAuth, startAuth } from '../roles/auth/start-auth.ts';
import { runCommand } from '../support/run-command.ts';

describe('sensitivity users', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
    await auth.register('admin@example.org');
  });

  after(() => auth.remove());

  const run = (args: string[], input?: string) =>
    runCommand(['users', ...args, '--data-dir', auth.folder], input === undefined ? {} : { input });

  it('adds users beside a running auth, with a password made up or given', async () => {
    const made = JSON.parse((await run(['add', 'Ada@example.org', 'auditor'])).stdout);
    assert.deepEqual([made.email, made.role], ['ada@example.org', 'auditor']);
    assert.equal((await auth.signIn('ada@example.org', made.password)).status, 200);
    const given = await run(['add', 'grace@example.org', '--password-stdin'], `${goodPassword}\n`);
    assert.equal(JSON.parse(given.stdout).password, undefined);
    assert.equal((await auth.signIn('grace@example.org')).status, 200);
    const { stdout } = await run(['list']);
    const users = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      users.map(({ email, role }) => `${email} ${role}`),
      ['ada@example.org auditor', 'admin@example.org admin', 'grace@example.org user'],
    );
    assert.doesNotMatch(stdout, /argon2/);
  });

  it('keeps a user out and lets them in again', async () => {
    await auth.register('eve@example.org');
    const { access_token: token } = (await auth.signIn('eve@example.org')).body;
    assert.equal((await run(['disable', 'eve@example.org'])).code, 0);
    assert.equal((await auth.call('/users/me', { token })).status, 401);
    assert.equal((await auth.signIn('eve@example.org')).status, 400);
    await run(['enable', 'eve@example.org']);
    assert.equal((await auth.signIn('eve@example.org')).status, 200);
  });

  it('gives another password and role, and tells the audit log', async () => {
    await auth.register('joan@example.org');
    const { password } = JSON.parse((await run(['password', 'joan@example.org'])).stdout);
    assert.equal((await auth.signIn('joan@example.org')).status, 400);
    assert.equal((await run(['role', 'joan@example.org', 'admin'])).code, 0);
    assert.equal((await run(['reset-factor', 'joan@example.org'])).code, 0);
    const token = (await auth.signIn('joan@example.org', password)).body.access_token;
    const { list } = await auth.call('/audit?limit=5', { token });
    const byOperator = list.filter(({ actor }) => actor === 'operator').map(({ event }) => event);
    assert.deepEqual(byOperator, ['second_factor_removed', 'user_changed', 'password_changed']);
    assert.equal((await auth.call('/audit/check', { token })).body.broken_at, null);
  });

  const refused: [args: string[], code: number, text: RegExp][] = [
    [['disable', 'nobody@example.org'], 1, /no user with this e-mail address/],
    [['disable', 'nobody'], 1, /no e-mail address/],
    [['role', 'admin@example.org', 'king'], 2, /Allowed choices/],
    [['add', 'admin@example.org'], 1, /there is a user/],
  ];
  for (const [args, code, text] of refused) {
    it(`refuses ${args.join(' ')}`, async () => {
      const result = await run(args);
      assert.equal(result.code, code);
      assert.match(result.stderr, text);
    });
  }

  it('leaves the last admin one, and wants a good password and a database', async () => {
    const alone = await startAuth();
    await alone.register('only@example.org');
    const there = ['--data-dir', alone.folder];
    const last = await runCommand(['users', 'disable', 'only@example.org', ...there]);
    assert.match(last.stderr, /last active admin/);
    const weak = ['users', 'password', 'only@example.org', '--password-stdin', ...there];
    assert.match((await runCommand(weak, { input: 'short' })).stderr, /at least 12 characters/);
    await alone.remove();
    const nowhere = await runCommand(['users', 'list', '--data-dir', join(alone.folder, 'x')]);
    assert.match(nowhere.stderr, /there is no database/);
  });
});
