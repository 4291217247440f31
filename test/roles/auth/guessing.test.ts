import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type RunningAuth, startAuth } from './start-auth.ts';

describe('guessing passwords', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
    await auth.register('ada@example.org');
  });

  after(() => auth.remove());

  const guessesChecked = async (): Promise<number> => {
    const text = await auth.metrics.metrics();
    return Number(/failures_total\{reason="wrong_password"[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
  };

  it('from thousands of addresses at once gets a handful of tries at one account', async () => {
    const addresses = Array.from({ length: 2_000 }, (_, one) => `10.1.${one >> 8}.${one & 255}`);
    const statuses: number[] = [];
    while (addresses.length > 0) {
      const batch = addresses.splice(0, 200);
      const answers = await Promise.all(
        batch.map((from, one) => auth.signIn('ada@example.org', `a wrong guess ${one}`, from)),
      );
      statuses.push(...answers.map(({ status }) => status));
    }
    assert.equal(statuses.filter((status) => status === 200).length, 0);
    assert.ok((await guessesChecked()) <= 12, String(await guessesChecked()));
  });

  it('from one address gets thirty tries a minute at all accounts', async () => {
    const before = await guessesChecked();
    const guesses = Array.from({ length: 200 }, (_, one) => `nobody${one}@example.org`);
    const answers = await Promise.all(
      guesses.map((email) => auth.signIn(email, 'a common password', '192.0.2.9')),
    );
    assert.ok(answers.some(({ status }) => status === 429));
    assert.ok((await guessesChecked()) - before <= 34, String((await guessesChecked()) - before));
  });
});
