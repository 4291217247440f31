import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../src/platform/app-error.ts';
import { HashingSlots } from '../../../src/roles/auth/hashing-slots.ts';
import { startAuth } from './start-auth.ts';

describe('HashingSlots', () => {
  it('runs no more at once than it has slots, in the order they came', async () => {
    const slots = new HashingSlots(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const works = [0, 1, 2, 3].map((id) =>
      slots.run(() => {
        started.push(id);
        return new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await setImmediate();
    assert.deepEqual(started, [0, 1]);
    assert.equal(slots.waiting, 2);
    ends[0]?.();
    await setImmediate();
    assert.deepEqual(started, [0, 1, 2]);
    ends[1]?.();
    await setImmediate();
    assert.deepEqual(started, [0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    await Promise.all(works);
    assert.equal(slots.running, 0);
  });

  it('gives its slot back after a failure', async () => {
    const slots = new HashingSlots(1);
    await assert.rejects(slots.run(() => Promise.reject(new Error('boom'))));
    assert.equal(await slots.run(async () => 'next'), 'next');
  });

  it('refuses when too many wait', async () => {
    const slots = new HashingSlots(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const works = Array.from({ length: 1 + HashingSlots.waitingPerSlot }, () =>
      slots.run(() => promise),
    );
    await assert.rejects(
      slots.run(() => promise),
      (error: unknown) =>
        error instanceof AppError &&
        error.code === 'unavailable' &&
        error.headers['Retry-After'] === '2',
    );
    resolve();
    await Promise.all(works);
  });
});

describe('too many sign-ins at once', () => {
  it('are answered 503 with Retry-After, as a token endpoint does', async () => {
    const auth = await startAuth({ passwordHashParallelism: 1 });
    await auth.register('ada@example.org');
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => auth.signIn('ada@example.org')),
    );
    const refused = answers.filter(({ status }) => status === 503);
    assert.equal(refused.length, 5);
    assert.equal(refused[0]?.body.error, 'temporarily_unavailable');
    assert.equal(refused[0]?.headers.get('retry-after'), '2');
    assert.equal(answers.filter(({ status }) => status === 200).length, 65);
    await auth.remove();
  });
});
