import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeCard } from '../support/sensitive-values.ts';
import { streamUpload } from '../support/stream-upload.ts';
import { until } from '../support/until.ts';

const leaseSeconds = 5;
/** So much that a scan takes seconds on any machine, and word of its progress goes out. */
const mebibytes = 512;

let installation: Installation;
let client: Client;

before(async () => {
  installation = await Installation.start({
    processes: ['auth', 'beat', 'file', 'worker1', 'worker2'],
    env: {
      beat: { SENSITIVITY_LEASE: `${leaseSeconds}s` },
      worker: { SENSITIVITY_CONCURRENCY: '1' },
    },
  });
  client = await Client.register(installation.urls, 'relay@example.com');
});

after(() => installation.stop());

function* pages(): Iterable<Buffer> {
  const filler = 'A page about nothing that anybody would mind.\n'.repeat(22_700);
  for (let n = 0; n < mebibytes; n += 1) {
    yield Buffer.from(`credit card ${makeCard(`page ${n}`)}\n${filler}`);
  }
}

async function findScanning(): Promise<string | undefined> {
  for (const name of ['worker1', 'worker2']) {
    if ((await installation.metric(name, 'sensitivity_worker_running_tasks')) > 0) return name;
  }
  return undefined;
}

test('what a worker was killed over is scored by another once its lease has lapsed', async (t) => {
  const { file } = await streamUpload(client, 'book.txt', pages());
  await until('the scan being under way', async () => {
    return (await client.read(file.id)).status === 'scanning';
  });
  const busy = await until('a worker that scans', findScanning);
  const other = busy === 'worker1' ? 'worker2' : 'worker1';
  await installation.kill(busy);
  const killedAt = performance.now();
  await until('the other worker having the task', async () => {
    return (await installation.metric(other, 'sensitivity_worker_running_tasks')) > 0;
  });
  const takenSeconds = (performance.now() - killedAt) / 1_000;
  const settled = await client.untilSettled(file.id, 60_000);
  const scoredSeconds = (performance.now() - killedAt) / 1_000;
  assert.equal(settled.status, 'scored');
  assert.deepEqual(settled.counts, { credit_card: mebibytes });
  t.diagnostic(
    `lease ${leaseSeconds} s: taken over after ${takenSeconds.toFixed(1)} s, ` +
      `${mebibytes} MiB scored after ${scoredSeconds.toFixed(1)} s`,
  );
  assert.ok(takenSeconds < leaseSeconds + 2, `${takenSeconds} s`);
});
