import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Client } from '../../support/client.ts';
import { FaultyProxy } from '../../support/faulty-proxy.ts';
import { Installation } from '../../support/installation.ts';
import { makeLetter } from '../../support/sensitive-values.ts';
import { until } from '../../support/until.ts';

let installation: Installation;
let proxy: FaultyProxy;
let client: Client;

before(async () => {
  installation = await Installation.start({
    processes: ['auth', 'beat', 'file'],
    env: { beat: { SENSITIVITY_SWEEP_INTERVAL: '1d', SENSITIVITY_LEASE: '2s' } },
  });
  proxy = await FaultyProxy.start(installation.url('file'));
  await installation.add('worker', { SENSITIVITY_FILE_URL: proxy.url });
  // The first to register administrates.
  client = await Client.register(installation.urls, 'admin@example.com');
});

beforeEach(() => {
  proxy.rule = () => undefined;
});

after(async () => {
  await installation.stop();
  await proxy.close();
});

const undelivered = (): number =>
  installation.rows<{ n: number }>(
    'worker',
    'select count(*) as n from results where delivered = 0',
  )[0]?.n ?? 0;

interface TaskJson {
  name: string;
  state: string;
  reason: string | null;
  attempts: number;
  args: Record<string, unknown>;
}

async function listTasks(state: string): Promise<TaskJson[]> {
  const response = await fetch(`${installation.url('beat')}/api/beat/tasks?state=${state}`, {
    headers: { Authorization: `Bearer ${client.token}` },
  });
  assert.equal(response.status, 200);
  return (await response.json()) as TaskJson[];
}

const countScans = (): Promise<number> =>
  installation.metric('worker', 'sensitivity_scan_duration_seconds_count');

test('a result that was not delivered when its worker was killed lands once, without a new scan', async () => {
  proxy.rule = (path) => (path.endsWith('/results') ? 503 : undefined);
  const { id, sha256 } = await client.uploadFile('journal.txt', makeLetter('journal'));
  await until('the result being in the journal', () => undelivered() === 1);
  await until('a delivery that failed', () =>
    proxy.paths.some((path) => path.endsWith('/results')),
  );
  await installation.kill('worker');
  assert.equal(undelivered(), 1);
  assert.notEqual((await client.read(id)).status, 'scored');

  proxy.rule = () => undefined;
  installation.launch('worker');
  await installation.untilReady('worker');
  assert.equal((await client.untilSettled(id)).status, 'scored');
  await until('the journal being empty', () => undelivered() === 0);
  // The task itself comes back when its lease lapses: answered from the cache, and known to file.
  await until('the task being finished', async () =>
    (await listTasks('finished')).some(({ args }) => args['sha256'] === sha256),
  );
  assert.equal(await countScans(), 0);
  const events = installation.rows(
    'file',
    `select seq from events where kind = 'status'
     and json_extract(body, '$.id') = ? and json_extract(body, '$.status') = 'scored'`,
    id,
  );
  assert.equal(events.length, 1);
});

test('a result whose acknowledgement was lost is sent again and lands once', async () => {
  let lost = 0;
  proxy.rule = (path) => {
    if (!path.endsWith('/results') || lost > 0) return undefined;
    lost += 1;
    return 'lose answer';
  };
  const landed = (): Promise<number> =>
    installation.metric('file', 'sensitivity_scan_results_total', 'status="scored"');
  const known = (): Promise<number> =>
    installation.metric('file', 'sensitivity_scan_results_total', 'status="known"');
  const before = { landed: await landed(), known: await known() };
  const { id } = await client.uploadFile('lost.txt', makeLetter('lost answer'));
  assert.equal((await client.untilSettled(id)).status, 'scored');
  await until('the second delivery', async () => (await known()) === before.known + 1);
  assert.equal(await landed(), before.landed + 1);
  assert.equal(lost, 1);
});

test('a result that file refuses for good makes a dead letter with the reason, others land', async () => {
  proxy.rule = (path) => (path.endsWith('/results') ? 422 : undefined);
  const refused = await client.uploadFile('refused.txt', makeLetter('refused'));
  const [letter] = await until('the dead letter', async () => {
    const dead = (await listTasks('dead')).filter(({ args }) => args['sha256'] === refused.sha256);
    return dead.length > 0 && dead;
  });
  assert.equal(letter?.reason, 'file refuses the result (422)');
  assert.equal(letter?.attempts, 1);
  assert.equal(undelivered(), 1);

  proxy.rule = () => undefined;
  const other = await client.uploadFile('other.txt', makeLetter('other'));
  assert.equal((await client.untilSettled(other.id)).status, 'scored');
});

test('the same bytes again are answered from the cache', async () => {
  const before = await countScans();
  for (let round = 0; round < 3; round += 1) {
    const { id } = await client.uploadFile('cached.txt', makeLetter('cached'));
    const file = await client.untilSettled(id);
    assert.equal(file.status, 'scored');
    assert.deepEqual(file.counts, { credit_card: 1, iban: 1 });
    const response = await client.request(`/${id}`, { method: 'DELETE' });
    assert.equal(response.status, 204);
  }
  assert.equal(await countScans(), before + 1);
});

test('a person who asks for a new scan gets one, whatever is cached', async () => {
  const { id } = await client.uploadFile('rescan.txt', makeLetter('rescan'));
  await client.untilSettled(id);
  const before = await countScans();
  await client.json(`/${id}/rescan`, { method: 'POST' });
  assert.equal((await client.untilSettled(id)).status, 'scored');
  assert.equal(await countScans(), before + 1);
});

test('a content that breaks off is read again and never scored by its first half', async () => {
  let cuts = 0;
  proxy.rule = (path) => {
    if (!path.includes('/contents/') || cuts >= 2) return undefined;
    cuts += 1;
    return 'cut';
  };
  const letters = Array.from({ length: 200 }, (_, n) => makeLetter(`cut ${n}`));
  const { id } = await client.uploadFile('cut.txt', letters.join(''));
  const file = await client.untilSettled(id);
  assert.equal(cuts, 2);
  assert.equal(file.status, 'scored');
  assert.deepEqual(file.counts, { credit_card: 200, iban: 200 });
});

test('a task that no worker knows becomes a dead letter at once, with the reason', async () => {
  const call = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${installation.url('beat')}/api/beat/schedules${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${response.status} ${await response.text()}`);
  };
  const task = { task: 'no_such_task', queue: 'maintenance', interval_seconds: 86_400 };
  await call('', { name: 'unknown-task', ...task });
  await call('/unknown-task/run', {});
  const [letter] = await until('the dead letter', async () => {
    const dead = (await listTasks('dead')).filter(({ name }) => name === 'no_such_task');
    return dead.length > 0 && dead;
  });
  assert.equal(letter?.reason, 'no worker here knows no_such_task');
  assert.equal(letter?.attempts, 1);
});
