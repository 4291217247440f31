import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startAuth } from './start-auth.ts';

/** How many wrong passwords an account is free of waiting for. */
const triesEach = 4;
const accounts = 250;

it('takes as long over an unknown account as over a known one, in a thousand tries', async () => {
  const auth = await startAuth();
  for (let one = 0; one < accounts; one += 1) {
    const json = { email: `known${one}@example.org`, password: 'tall ships sail at noon' };
    await auth.call('/users', { json, from: `10.2.${one >> 4}.${one & 15}` });
  }
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let one = 0; one < accounts; one += 1) {
    for (let attempt = 0; attempt < triesEach; attempt += 1) {
      for (const kind of ['known', 'unknown'] as const) {
        const start = performance.now();
        const from = `10.3.${one}.${attempt}`;
        const { status } = await auth.signIn(`${kind}${one}@example.org`, 'a wrong password', from);
        times[kind].push(performance.now() - start);
        assert.equal(status, 400);
      }
    }
  }
  await auth.remove();
  const [known, unknown] = [summary(times.known), summary(times.unknown)];
  const difference = Math.abs(known.median - unknown.median);
  const noise = Math.max(known.spread, unknown.spread);
  const figures = `known ${known.median} ms, unknown ${unknown.median} ms, spread ${noise} ms`;
  process.stdout.write(`${figures}\n`);
  assert.ok(difference < noise, figures);
});

/** The median, and the median distance from it. */
function summary(times: number[]): { median: number; spread: number } {
  const median = middle(times);
  return { median, spread: middle(times.map((time) => Math.abs(time - median))) };
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
