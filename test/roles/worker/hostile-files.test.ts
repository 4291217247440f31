import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { detectors } from '../../../src/engine/detector-list.ts';
import { Client } from '../../support/client.ts';
import { FaultyProxy } from '../../support/faulty-proxy.ts';
import { Installation } from '../../support/installation.ts';
import { makeLetter } from '../../support/sensitive-values.ts';

let installation: Installation;
let proxy: FaultyProxy;
let client: Client;

before(async () => {
  installation = await Installation.start({
    processes: ['auth', 'beat', 'file'],
    env: {
      beat: { SENSITIVITY_SWEEP_INTERVAL: '1d' },
      worker1: { SENSITIVITY_THREAD_MEMORY: '28MiB' },
      worker2: { SENSITIVITY_TASK_TIMEOUT: '4s' },
    },
  });
  proxy = await FaultyProxy.start(installation.url('file'));
  await installation.add('worker1', { SENSITIVITY_FILE_URL: proxy.url });
  client = await Client.register(installation.urls, 'mallory@example.com');
});

after(async () => {
  await installation.stop();
  await proxy.close();
});

test('a file that needs more memory than its thread may have fails; the worker takes the next', async () => {
  const pid = installation.pid('worker1');
  // Values of some 500 types, of each of which up to a thousand findings are kept until the end.
  const values = detectors.map(({ hits }) => hits[0]?.text ?? '').join('\n\n');
  const poison = await client.uploadFile('poison.txt', `${values}\n\n`.repeat(200));
  const failed = await client.untilSettled(poison.id, 30_000);
  assert.deepEqual(
    [failed.status, failed.status_reason, failed.sensitivity_score],
    ['failed', 'memory', null],
  );
  const next = await client.uploadFile('next.txt', makeLetter('after the poison'));
  assert.equal((await client.untilSettled(next.id)).status, 'scored');
  assert.equal(installation.pid('worker1'), pid);
  assert.ok(installation.isRunning('worker1'));
});

test('a scan that passes its deadline fails; the worker takes the next', async () => {
  assert.equal(await installation.kill('worker1', 'SIGTERM'), 0);
  await installation.add('worker2', { SENSITIVITY_FILE_URL: proxy.url });
  const pid = installation.pid('worker2');
  proxy.rule = (path) => (path.includes('/contents/') ? 'stall' : undefined);
  const slow = await client.uploadFile('slow.txt', makeLetter('slow').repeat(100));
  const failed = await client.untilSettled(slow.id);
  assert.deepEqual([failed.status, failed.status_reason], ['failed', 'timeout']);
  proxy.rule = () => undefined;
  const next = await client.uploadFile('next.txt', makeLetter('after the slow one'));
  assert.equal((await client.untilSettled(next.id)).status, 'scored');
  assert.equal(installation.pid('worker2'), pid);
  assert.ok(installation.isRunning('worker2'));
});
