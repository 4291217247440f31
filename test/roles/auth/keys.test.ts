import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { decode } from 'hono/jwt';
import { rotateKeysOf } from '../../../src/roles/auth/operate.ts';
import { type RunningAuth, startAuth } from './start-auth.ts';

describe('rotateKeysOf()', () => {
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

  const rotate = () => rotateKeysOf(join(auth.folder, 'auth.db'), { accessTokenSeconds: 900 });
  const signIn = async () => (await auth.signIn('ada@example.org')).body.access_token;
  const isGood = async (token: string) => (await auth.call('/users/me', { token })).status === 200;
  const kids = async () => (await auth.call('/jwks.json')).body.keys.map(({ kid }) => kid);

  it('makes a key that a running auth signs with, while the one before still verifies', async () => {
    const old = await signIn();
    mock.timers.tick(1_000);
    const { kid, verifying } = await rotate();
    assert.deepEqual(verifying, [decode(old).header.kid]);
    mock.timers.tick(1_000);
    const token = await signIn();
    assert.equal(decode(token).header.kid, kid);
    assert.ok(await isGood(token));
    assert.ok(await isGood(old));
    assert.deepEqual(await kids(), [kid, ...verifying]);
    const event = (await auth.call('/audit', { token })).list.find(
      (one) => one.event === 'keys_rotated',
    );
    assert.equal(event?.subject, kid);
  });

  it('lets an old key go once its tokens have expired', async () => {
    await rotate();
    mock.timers.tick(900_000);
    await auth.call('/purge', { method: 'POST', token: await auth.serviceToken('worker') });
    assert.equal((await kids()).length, 2);
    mock.timers.tick(60_000);
    await auth.call('/purge', { method: 'POST', token: await auth.serviceToken('worker') });
    mock.timers.tick(1_000);
    assert.equal((await kids()).length, 1);
    assert.equal((await rotate()).deleted, 0);
  });

  it('keeps every key that can still have tokens when it runs again and again', async () => {
    const tokens = [];
    for (let time = 0; time < 4; time += 1) {
      mock.timers.tick(1_000);
      tokens.push(await signIn());
      await rotate();
    }
    mock.timers.tick(1_000);
    for (const token of tokens) assert.ok(await isGood(token));
    assert.equal((await kids()).length, 5);
  });
});
