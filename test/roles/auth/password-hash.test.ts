import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  hashPassword,
  makeDummyHash,
  needsRehash,
  verifyPassword,
} from '../../../src/roles/auth/password-hash.ts';
import { openAuthStore } from '../../../src/roles/auth/store/auth-store.ts';
import { goodPassword, startAuth } from './start-auth.ts';

/** Made by the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1`. */
const referenceHash =
  '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

describe('verifyPassword()', () => {
  it('accepts the password of a hash and no other', async () => {
    const hash = await hashPassword('grüße 🦊');
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.equal(await verifyPassword('grüße 🦊', hash), true);
    assert.equal(await verifyPassword('grüße 🐙', hash), false);
    assert.equal(await verifyPassword('', hash), false);
  });

  it('accepts a hash of the reference implementation', async () => {
    assert.equal(await verifyPassword('password', referenceHash), true);
  });

  it('salts: one password has many hashes', async () => {
    assert.notEqual(await hashPassword('same'), await hashPassword('same'));
  });

  it('finds no password for the dummy', async () => {
    assert.equal(await verifyPassword('', makeDummyHash()), false);
  });

  for (const hash of [
    '',
    'plain',
    '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y',
  ]) {
    it(`throws on ${JSON.stringify(hash)}`, async () => {
      await assert.rejects(verifyPassword('x', hash), /not argon2id/);
    });
  }
});

describe('needsRehash()', () => {
  it('is true of other parameters only', async () => {
    assert.equal(needsRehash(await hashPassword('x')), false);
    assert.equal(needsRehash(referenceHash), true);
  });
});

describe('a sign-in with a hash of older parameters', () => {
  it('replaces the hash by one of today’s', async () => {
    const auth = await startAuth();
    const { body } = await auth.register('ada@example.org');
    const nonce = Buffer.from('a salt of sixteen').subarray(0, 16);
    const tag = argon2Sync('argon2id', {
      message: goodPassword,
      nonce,
      memory: 1_024,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    });
    const [salt64, tag64] = [nonce, tag].map((b) => b.toString('base64').replace(/=+$/, ''));
    const old = `$argon2id$v=19$m=1024,t=1,p=1$${salt64}$${tag64}`;
    const store = openAuthStore(join(auth.folder, 'auth.db'));
    await store.db.updateTable('users').set({ password_hash: old }).execute();
    assert.equal((await auth.signIn('ada@example.org')).status, 200);
    const user = await store.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    assert.equal(user.id, body.id);
    assert.match(user.password_hash, /m=19456,t=2,p=1/);
    assert.equal((await auth.signIn('ada@example.org')).status, 200);
    await store.close();
    await auth.remove();
  });
});
