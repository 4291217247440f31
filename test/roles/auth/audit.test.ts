import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { type RunningAuth, startAuth } from './start-auth.ts';

describe('the audit log', () => {
  let auth: RunningAuth;
  let admin: string;

  beforeEach(async () => {
    auth = await startAuth();
    await auth.register('admin@example.org');
    admin = (await auth.signIn('admin@example.org')).body.access_token;
  });

  afterEach(() => auth.remove());

  /** Changes the log as nobody may. */
  function tamper(...statements: string[]): void {
    const database = new Database(join(auth.folder, 'auth.db'));
    database.exec('drop trigger audit_events_stay; drop trigger audit_events_do_not_change');
    for (const statement of statements) database.exec(statement);
    database.close();
  }

  it('tells what happened, the newest first, page by page', async () => {
    await auth.register('ada@example.org');
    await auth.signIn('ada@example.org', 'not the password');
    await auth.signIn('nobody@example.org', 'not the password');
    await auth.call('/invites', { token: admin, json: {} });
    const { list } = await auth.call('/audit', { token: admin });
    assert.deepEqual(
      list.map(({ event }) => event),
      [
        'invite_made',
        'sign_in_failed',
        'sign_in_failed',
        'user_registered',
        'sign_in',
        'user_registered',
      ],
    );
    assert.deepEqual(
      list.map(({ sequence }) => sequence),
      [6, 5, 4, 3, 2, 1],
    );
    const first = await auth.call('/audit?limit=4', { token: admin });
    assert.equal(first.list.length, 4);
    const [, next = ''] = /<\/api\/auth([^>]+)>/.exec(first.headers.get('link') ?? '') ?? [];
    const rest = (await auth.call(next, { token: admin })).list;
    assert.deepEqual(
      rest.map(({ sequence }) => sequence),
      [2, 1],
    );
  });

  it('holds no address of a person, no password and no token', async () => {
    await auth.signIn('ada@example.org', 'my very secret words');
    const text = JSON.stringify((await auth.call('/audit', { token: admin })).list);
    assert.doesNotMatch(text, /example\.org|secret words|eyJ/);
  });

  it('is for admins and auditors', async () => {
    const { id } = (await auth.register('ada@example.org')).body;
    for (const [role, status] of [
      ['user', 403],
      ['auditor', 200],
    ] as const) {
      await auth.call(`/users/${id}`, { method: 'PATCH', token: admin, json: { role } });
      const token = (await auth.signIn('ada@example.org')).body.access_token;
      assert.equal((await auth.call('/audit', { token })).status, status, role);
      assert.equal((await auth.call('/audit/check', { token })).status, status, role);
    }
  });

  it('can be neither changed nor shortened', () => {
    const database = new Database(join(auth.folder, 'auth.db'));
    assert.throws(() => database.exec('delete from audit_events'), /append-only/);
    assert.throws(() => database.exec(`update audit_events set event = 'x'`), /append-only/);
    database.close();
  });

  it('says that all of it is there', async () => {
    const { body } = await auth.call('/audit/check', { token: admin });
    const newest = (await auth.call('/audit', { token: admin })).list[0];
    assert.deepEqual(body, { events: 2, head: newest?.hash, broken_at: null });
  });

  const tampering: [name: string, statement: string, brokenAt: number][] = [
    ['a line was removed', 'delete from audit_events where sequence = 2', 3],
    ['the first line was removed', 'delete from audit_events where sequence = 1', 2],
    ['a line was changed', `update audit_events set actor = 'x' where sequence = 2`, 2],
    ['two lines were swapped', `update audit_events set at = at + 1 where sequence = 1`, 1],
    [
      'a line was put in',
      `insert into audit_events (sequence, at, event, hash) values (1000, 1, 'x', x'00')`,
      1_000,
    ],
  ];
  for (const [name, statement, brokenAt] of tampering) {
    it(`shows that ${name}`, async () => {
      await auth.signIn('admin@example.org');
      tamper(statement);
      const { body } = await auth.call('/audit/check', { token: admin });
      assert.equal(body.broken_at, brokenAt);
    });
  }
});
