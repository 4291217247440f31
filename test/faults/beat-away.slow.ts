import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeLetter } from '../support/sensitive-values.ts';

const awayMilliseconds = 60_000;

let installation: Installation;
let client: Client;

before(async () => {
  installation = await Installation.start();
  client = await Client.register(installation.urls, 'patient@example.com');
});

after(() => installation.stop());

test('with beat away for a minute uploads succeed, and all are scored after it', async (t) => {
  await installation.kill('beat');
  const end = Date.now() + awayMilliseconds;
  const ids: string[] = [];
  while (Date.now() < end) {
    const name = `away-${ids.length}.txt`;
    const { id } = await client.uploadFile(name, makeLetter(name));
    ids.push(id);
    await sleep(250);
  }
  installation.launch('beat');
  const start = performance.now();
  for (const id of ids) {
    const { status } = await client.untilSettled(id);
    assert.equal(status, 'scored');
  }
  const seconds = (performance.now() - start) / 1_000;
  t.diagnostic(
    `${ids.length} uploads while beat was away, all scored ${seconds.toFixed(1)} s after its start`,
  );
  assert.ok(seconds < 15, `${seconds} s`);
});
