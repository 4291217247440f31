import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { decode } from 'hono/jwt';
import { isPersonalToken, newPersonalToken } from '../../../src/platform/personal-token.ts';
import { goodPassword, type RunningAuth, startAuth } from './start-auth.ts';

describe('personal access tokens', () => {
  let auth: RunningAuth;
  let own: string;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    auth = await startAuth();
    await auth.register('ada@example.org');
    own = (await auth.signIn('ada@example.org')).body.access_token;
  });

  afterEach(async () => {
    mock.timers.reset();
    await auth.remove();
  });

  const make = (json: object = {}, token = own) =>
    auth.call('/users/me/tokens', { token, json: { name: 'nightly', scopes: ['read'], ...json } });

  const exchange = (subject_token: string, form: Record<string, string> = {}) =>
    auth.call('/token', {
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token,
        subject_token_type: 'urn:sensitivity:token-type:personal-access-token',
        ...form,
      },
    });

  async function makeToken(json: object = {}): Promise<{ id: string; token: string }> {
    const { status, body } = await make(json);
    assert.equal(status, 201);
    return body as unknown as { id: string; token: string };
  }

  it('go where access tokens go, and are limited', async () => {
    const { token } = await makeToken();
    assert.ok(isPersonalToken(token));
    const me = await auth.call('/users/me', { token });
    assert.deepEqual([me.status, me.body.email], [200, 'ada@example.org']);
    const change = { current_password: goodPassword, new_password: 'another long passphrase' };
    assert.equal((await auth.call('/users/me/password', { token, json: change })).status, 403);
    assert.equal((await auth.call('/users', { token })).status, 403);
    assert.equal((await make({ scopes: ['read', 'write'] }, token)).status, 403);
    const writing = (await makeToken({ scopes: ['read', 'write'] })).token;
    assert.equal((await make({}, writing)).status, 403);
  });

  it('are traded for access tokens that name what they are', async () => {
    const { token } = await makeToken({ scopes: ['read', 'write'] });
    const { status, body } = await exchange(token);
    assert.equal(status, 200);
    assert.equal(body.refresh_token, undefined);
    const { payload } = decode(body.access_token);
    assert.deepEqual(
      [payload['client_id'], payload['scope'], payload['roles']],
      ['personal-token', 'read write', ['user']],
    );
  });

  it('are listed by their name and ended one by one', async () => {
    const { id, token } = await makeToken();
    const { list } = await auth.call('/users/me/sessions', { token: own });
    assert.equal(list.find((one) => one.id === id)?.name, 'nightly');
    assert.doesNotMatch(JSON.stringify(list), /sens_pat_/);
    await auth.call(`/users/me/sessions/${id}`, { method: 'DELETE', token: own });
    assert.equal((await exchange(token)).body.error, 'invalid_grant');
    assert.equal((await auth.call('/users/me', { token })).status, 401);
  });

  it('end with their time, with the password and with their user', async () => {
    const { token } = await makeToken({ expires_in_seconds: 60 });
    assert.equal((await exchange(token)).status, 200);
    mock.timers.tick(60_000);
    assert.equal((await exchange(token)).body.error, 'invalid_grant');
    const second = (await makeToken()).token;
    const json = { current_password: goodPassword, new_password: 'another long passphrase' };
    await auth.call('/users/me/password', { token: own, json });
    assert.equal((await exchange(second)).body.error, 'invalid_grant');
  });

  const refused: [name: string, json: object][] = [
    ['no name', { name: '' }],
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['admin'] }],
    ['no end', { expires_in_seconds: 367 * 86_400 }],
    ['an end too soon', { expires_in_seconds: 59 }],
  ];
  for (const [name, json] of refused) {
    it(`are not made with ${name}`, async () => assert.equal((await make(json)).status, 400));
  }

  it('are not made for services, and nothing else is traded', async () => {
    assert.equal((await make({}, await auth.serviceToken('file'))).status, 403);
    assert.equal((await exchange(own)).body.error, 'invalid_grant');
    assert.equal((await exchange(newPersonalToken())).body.error, 'invalid_grant');
    const type = { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' };
    assert.equal((await exchange(own, type)).body.error, 'invalid_request');
  });
});

describe('isPersonalToken()', () => {
  it('knows what was made, and nothing that differs in a character', () => {
    fc.assert(
      fc.property(fc.nat(44), fc.constantFrom(...'0aZ_é '), (place, letter) => {
        const token = newPersonalToken();
        assert.ok(isPersonalToken(token));
        const other = token.slice(0, place) + letter + token.slice(place + 1);
        assert.equal(isPersonalToken(other), other === token);
      }),
    );
  });
});
