import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeLetter } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';

let installation: Installation;
let client: Client;

before(async () => {
  installation = await Installation.start({ env: { beat: { SENSITIVITY_SWEEP_INTERVAL: '1d' } } });
  client = await Client.register(installation.urls, 'grace@example.com');
});

after(() => installation.stop());

interface Readiness {
  status: number;
  checks: Record<string, string>;
}

async function readiness(name: string): Promise<Readiness> {
  const response = await fetch(`${installation.url(name)}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
}

function untilUnready(name: string, check: string): Promise<Readiness> {
  return until(`${name} saying that ${check} is away`, async () => {
    const answer = await readiness(name);
    return answer.status === 503 && answer.checks[check] !== 'ok' && answer;
  });
}

test('while beat is away uploads are kept, readiness says so, and it comes back by itself', async () => {
  assert.equal(await installation.kill('beat'), null);
  const { id } = await client.uploadFile('no-beat.txt', makeLetter('no beat'));
  const file = await untilUnready('file', 'broker');
  assert.equal(file.checks['database'], 'ok');
  await untilUnready('worker', 'broker');
  const alive = await fetch(`${installation.url('file')}/healthcheck`);
  assert.equal(alive.status, 200);
  await alive.body?.cancel();
  assert.equal((await client.read(id)).status, 'pending');

  installation.launch('beat');
  await Promise.all(['beat', 'file', 'worker'].map((name) => installation.untilReady(name)));
  assert.equal((await client.untilSettled(id)).status, 'scored');
});

test('while auth is away who is signed in works on, and readiness of a new worker says so', async () => {
  await installation.kill('auth');
  await installation.kill('worker');
  const { id } = await client.uploadFile('no-auth.txt', makeLetter('no auth'));
  installation.launch('worker');
  await untilUnready('worker', 'auth');
  assert.equal((await client.read(id)).status, 'pending');

  installation.launch('auth');
  await Promise.all(['auth', 'worker'].map((name) => installation.untilReady(name)));
  assert.equal((await client.untilSettled(id)).status, 'scored');
});

test('while file is away a worker waits without failing its tasks, and goes on by itself', async () => {
  await installation.kill('worker');
  const uploads = [];
  for (let n = 0; n < 5; n += 1) {
    uploads.push(await client.uploadFile(`no-file-${n}.txt`, makeLetter(`no file ${n}`)));
  }
  await until('the tasks being queued', async () => {
    const metrics = await (await fetch(`${installation.url('file')}/metrics`)).text();
    const published = /sensitivity_outbox_published_total\{.*\} (\d+)/.exec(metrics)?.[1];
    return Number(published) >= 7;
  });
  await installation.kill('file');
  installation.launch('worker');
  await untilUnready('worker', 'file');
  await until('the worker having taken tasks', async () => {
    const metrics = await (await fetch(`${installation.url('worker')}/metrics`)).text();
    return Number(/sensitivity_worker_running_tasks\{.*\} (\d+)/.exec(metrics)?.[1]) > 0;
  });
  installation.launch('file');
  await Promise.all(['file', 'worker'].map((name) => installation.untilReady(name)));
  for (const { id } of uploads) {
    assert.equal((await client.untilSettled(id)).status, 'scored');
  }
  assert.ok(!installation.logOf('worker').includes('task failed'));
});

test('a role that cannot be reached at its start is no reason not to start', async () => {
  for (const name of ['worker', 'file', 'beat', 'auth']) await installation.kill(name);
  for (const name of ['worker', 'file', 'beat', 'auth']) {
    installation.launch(name);
    await until(`${name} being alive`, async () => {
      const response = await fetch(`${installation.url(name)}/healthcheck`);
      await response.body?.cancel();
      return response.ok;
    });
  }
  await Promise.all(
    ['worker', 'file', 'beat', 'auth'].map((name) => installation.untilReady(name)),
  );
  const { id } = await client.uploadFile('again.txt', makeLetter('again'));
  assert.equal((await client.untilSettled(id)).status, 'scored');
});
