import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { type RunningAuth, startAuth } from './start-auth.ts';

describe('the refresh token grant', () => {
  let auth: RunningAuth;
  let first: { access_token: string; refresh_token: string };

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register('ada@example.org');
    first = (await auth.signIn('ada@example.org')).body;
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const pass = (seconds: number): void => mock.timers.tick(seconds * 1_000);
  const statusOf = async (token: string): Promise<number> => (await auth.refresh(token)).status;

  it('swaps a token for another one that works', async () => {
    const { status, body } = await auth.refresh(first.refresh_token);
    assert.equal(status, 200);
    assert.notEqual(body.refresh_token, first.refresh_token);
    assert.equal((await auth.call('/users/me', { token: body.access_token })).status, 200);
    assert.equal(await statusOf(body.refresh_token), 200);
  });

  it('answers the same token again for 30 s, with a token that works', async () => {
    const lost = await auth.refresh(first.refresh_token);
    pass(30);
    const retried = await auth.refresh(first.refresh_token);
    assert.equal(retried.status, 200);
    assert.equal(retried.body.refresh_token, lost.body.refresh_token);
    assert.notEqual(retried.body.access_token, lost.body.access_token);
    assert.equal(await statusOf(retried.body.refresh_token), 200);
  });

  it('gives the current token to a late repeat when the successor was swapped already', async () => {
    const second = (await auth.refresh(first.refresh_token)).body.refresh_token;
    const third = (await auth.refresh(second)).body.refresh_token;
    const late = await auth.refresh(first.refresh_token);
    assert.equal(late.status, 200);
    assert.equal(late.body.refresh_token, third);
  });

  it('gives twenty repeats at once one and the same successor', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => auth.refresh(first.refresh_token)),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
  });

  it('ends the session when a token comes again after 30 s', async () => {
    const second = (await auth.refresh(first.refresh_token)).body;
    pass(31);
    const reused = await auth.refresh(first.refresh_token);
    assert.equal(reused.status, 400);
    assert.equal(reused.body.error, 'invalid_grant');
    assert.equal(await statusOf(second.refresh_token), 400);
    assert.equal((await auth.call('/users/me', { token: second.access_token })).status, 401);
    assert.match(await auth.metrics.metrics(), /reason="reused_refresh_token",role="auth"\} 1\n/);
  });

  it('leaves other sessions of the user alone then', async () => {
    const other = (await auth.signIn('ada@example.org')).body;
    await auth.refresh(first.refresh_token);
    pass(31);
    await auth.refresh(first.refresh_token);
    assert.equal(await statusOf(other.refresh_token), 200);
  });

  it('refuses a token that lay idle for seven days', async () => {
    pass(7 * 86_400 - 1);
    const { status, body } = await auth.refresh(first.refresh_token);
    assert.equal(status, 200);
    pass(7 * 86_400);
    assert.equal(await statusOf(body.refresh_token), 400);
  });

  it('lets a session live for thirty days at most', async () => {
    let token = first.refresh_token;
    for (let day = 0; day < 29; day += 1) {
      pass(86_400);
      const { status, body } = await auth.refresh(token);
      assert.equal(status, 200, `day ${day}`);
      token = body.refresh_token;
    }
    pass(86_400);
    assert.equal(await statusOf(token), 400);
  });

  it('gives the role that the user has now', async () => {
    const admin = first.access_token;
    const { body: grace } = await auth.register('grace@example.org');
    const session = (await auth.signIn('grace@example.org')).body;
    const change = { method: 'PATCH', token: admin, json: { role: 'auditor' } };
    await auth.call(`/users/${grace.id}`, change);
    const { body } = await auth.refresh(session.refresh_token);
    assert.equal((await auth.call('/users/me', { token: body.access_token })).body.role, 'auditor');
  });

  it('refuses after signing out', async () => {
    const out = { method: 'DELETE', token: first.access_token };
    assert.equal((await auth.call('/sessions/current', out)).status, 204);
    assert.equal(await statusOf(first.refresh_token), 400);
    assert.equal((await auth.call('/users/me', { token: first.access_token })).status, 401);
  });
});
