import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { type RunningAuth, startAuth } from './start-auth.ts';

describe('POST /purge', () => {
  let auth: RunningAuth;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register('ada@example.org');
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const purge = async () =>
    auth.call('/purge', { method: 'POST', token: await auth.serviceToken('worker') });
  const nothing = {
    refresh_tokens: 0,
    sessions: 0,
    throttles: 0,
    invites: 0,
    authorization_codes: 0,
    device_codes: 0,
    browser_sessions: 0,
    complete: true,
  };

  it('needs the scope auth:purge', async () => {
    const admin = (await auth.signIn('ada@example.org')).body.access_token;
    for (const token of [admin, await auth.serviceToken('file')]) {
      assert.equal((await auth.call('/purge', { method: 'POST', token })).status, 403);
    }
    assert.equal((await auth.call('/purge', { method: 'POST' })).status, 401);
  });

  it('deletes nothing that is in use', async () => {
    const { body } = await auth.signIn('ada@example.org');
    await auth.call('/invites', { token: body.access_token, json: {} });
    await auth.signIn('ada@example.org', 'not the password');
    assert.deepEqual((await purge()).body, nothing);
    assert.equal((await auth.refresh(body.refresh_token)).status, 200);
  });

  it('deletes what has expired or ended, once', async () => {
    const { body } = await auth.signIn('ada@example.org');
    await auth.refresh(body.refresh_token);
    await auth.call('/invites', { token: body.access_token, json: { expires_in_seconds: 60 } });
    const ended = (await auth.signIn('ada@example.org')).body.access_token;
    await auth.call('/sessions/current', { method: 'DELETE', token: ended });
    assert.deepEqual((await purge()).body, { ...nothing, sessions: 1 });
    mock.timers.tick(7 * 86_400_000);
    assert.deepEqual((await purge()).body, {
      ...nothing,
      refresh_tokens: 2,
      sessions: 1,
      invites: 1,
      throttles: 1,
    });
    assert.deepEqual((await purge()).body, nothing);
  });
});
