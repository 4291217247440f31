import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestBeat, testSettings } from '../../broker/start-test-beat.ts';
import { until } from '../../broker/until.ts';
import { type CalledBeat, startCalledBeat } from './called-beat.ts';

let called: CalledBeat;
before(async () => {
  called = await startCalledBeat();
});
after(() => called.close());

const lease = { worker: 'w', session: randomUUID(), queues: ['routes'], limit: 5 };
const schedule = { name: 'nightly', cron: '0 3 * * *', task: 'rescan' };

describe('beat’s routes', () => {
  it('POST /tasks refuses a body over its limit, announced or in chunks', async () => {
    const chunk = Buffer.alloc(1_024 * 1_024, ' ');
    const headers = {
      Authorization: `Bearer ${called.tokens['tasks:publish']}`,
      'Content-Type': 'application/json',
    };
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 21; count += 1) yield chunk;
    }
    for (const body of [Buffer.alloc(21 * 1_024 * 1_024, ' '), ReadableStream.from(chunks())]) {
      const response = await fetch(`${called.beat.url}/api/beat/tasks`, {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      });
      assert.equal(response.status, 413);
      await response.body?.cancel();
    }
    const small = ReadableStream.from([Buffer.from('{"tasks":'), Buffer.from('[]}')]);
    const response = await fetch(`${called.beat.url}/api/beat/tasks`, {
      method: 'POST',
      headers,
      body: small,
      duplex: 'half',
    });
    assert.deepEqual(await response.json(), { outcomes: [] });
  });

  it('GET /tasks pages by its Link header', async () => {
    const names = Array.from({ length: 5 }, (_, index) => ({
      name: `page${index}`,
      queue: 'pages',
    }));
    await called.call('tasks:publish', 'POST', '/tasks', { tasks: names });
    const seen: string[] = [];
    let path = '/tasks?queue=pages&limit=2';
    while (path !== '') {
      const { body, headers } = await called.call('admin', 'GET', path);
      for (const { name } of body) seen.push(name);
      path = /<\/api\/beat(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    assert.deepEqual(seen, ['page4', 'page3', 'page2', 'page1', 'page0']);
  });

  it('lets people requeue and discard dead letters, not what a worker has', async () => {
    const queue = 'people';
    const published = await called.call('tasks:publish', 'POST', '/tasks', {
      tasks: [{ name: 'job', queue }],
    });
    const path = `/tasks/${published.body.outcomes[0].id}`;
    assert.equal((await called.call('admin', 'POST', `${path}/requeue`)).status, 409);
    const leased = await called.call('tasks:lease', 'POST', '/leases', {
      ...lease,
      queues: [queue],
    });
    assert.equal((await called.call('admin', 'DELETE', path)).status, 409);
    const workers = await called.call('auditor', 'GET', '/workers');
    assert.deepEqual(
      workers.body.map((each: { name: string; running: number }) => [each.name, each.running]),
      [['w', 1]],
    );
    const settlements = [
      { lease: leased.body.tasks[0].lease, outcome: 'dead', reason: 'no such file' },
    ];
    const settled = await called.call('tasks:lease', 'POST', '/leases/settle', { settlements });
    assert.deepEqual(settled.body.results, ['ok']);
    assert.deepEqual(
      (await called.call('tasks:lease', 'POST', '/leases/settle', { settlements })).body.results,
      ['lost'],
    );
    const dead = await called.call('admin', 'GET', path);
    assert.deepEqual([dead.body.state, dead.body.reason], ['dead', 'no such file']);
    assert.equal((await called.call('admin', 'POST', `${path}/requeue`)).status, 204);
    assert.equal((await called.call('admin', 'GET', path)).body.state, 'ready');
    assert.equal((await called.call('admin', 'DELETE', path)).status, 204);
    assert.equal((await called.call('admin', 'GET', path)).status, 404);
  });

  it('leases nothing to a poll whose client has gone', async () => {
    const queues = ['gone'];
    const session = randomUUID();
    const client = new AbortController();
    const poll = fetch(`${called.beat.url}/api/beat/leases`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${called.tokens['tasks:lease']}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ ...lease, session, queues, wait_seconds: 20 }),
      signal: client.signal,
    });
    const present = async (): Promise<boolean> =>
      (await called.call('admin', 'GET', '/workers')).body.length > 1;
    await until('the poll waits', present);
    client.abort();
    await assert.rejects(poll);
    await called.call('tasks:publish', 'POST', '/tasks', {
      tasks: [{ name: 'job', queue: 'gone' }],
    });
    const next = await called.call('tasks:lease', 'POST', '/leases', {
      ...lease,
      queues,
      wait_seconds: 5,
    });
    assert.equal(next.body.tasks.length, 1);
    assert.equal(next.body.tasks[0].attempt, 1);
  });

  it('keeps schedules: adds, shows, changes, runs and deletes them', async () => {
    const path = '/schedules/kept';
    const created = await called.call('admin', 'POST', '/schedules', {
      ...schedule,
      name: 'kept',
      time_zone: 'Europe/Vienna',
    });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('location'), '/api/beat/schedules/kept');
    const twin = await called.call('admin', 'POST', '/schedules', { ...schedule, name: 'kept' });
    assert.deepEqual([twin.status, twin.body.code], [409, 'name_taken']);
    const changed = await called.call('admin', 'PATCH', path, {
      interval_seconds: 60,
      paused: true,
    });
    const { cron, interval_seconds, paused, next_time } = changed.body;
    assert.deepEqual(
      { cron, interval_seconds, paused, next_time },
      { cron: null, interval_seconds: 60, paused: true, next_time: null },
    );
    const run = await called.call('admin', 'POST', `${path}/run`);
    assert.equal(run.body.outcome, 'requested');
    const runs = await called.call('auditor', 'GET', `${path}/runs`);
    assert.deepEqual(runs.body, [run.body]);
    assert.equal((await called.call('admin', 'DELETE', path)).status, 204);
    assert.equal((await called.call('admin', 'GET', path)).status, 404);
    const builtIn = await called.call('admin', 'DELETE', '/schedules/update_sensitivity_score');
    assert.deepEqual([builtIn.status, builtIn.body.code], [409, 'conflict']);
  });

  it('wakes a poll for what another beat on the same database publishes', async () => {
    const other = await startTestBeat(testSettings(called.issuer, join(called.folder, 'beat.db')));
    const session = randomUUID();
    const poll = called.call('tasks:lease', 'POST', '/leases', {
      ...lease,
      worker: 'waiting',
      session,
      queues: ['across'],
      wait_seconds: 20,
    });
    await until('the poll waits', async () => {
      const { body } = await called.call('admin', 'GET', '/workers');
      return body.some(({ name }: { name: string }) => name === 'waiting');
    });
    const start = performance.now();
    const body = { tasks: [{ name: 'job', queue: 'across' }] };
    await called.issuer.client.call(`${other.url}/api/beat/tasks`, { body });
    assert.equal((await poll).body.tasks.length, 1);
    assert.ok(performance.now() - start < 1_000);
    await other.stop();
  });

  it('ends waiting polls at once when it stops', async () => {
    const other = await startTestBeat(testSettings(called.issuer, join(called.folder, 'other.db')));
    const start = performance.now();
    const poll = called.issuer.client.call(`${other.url}/api/beat/leases`, {
      body: { ...lease, wait_seconds: 20 },
    });
    await until('the poll waits', async () => {
      const headers = { Authorization: `Bearer ${called.tokens['admin']}` };
      const workers = await fetch(`${other.url}/api/beat/workers`, { headers });
      return ((await workers.json()) as unknown[]).length === 1;
    });
    await other.stop();
    assert.deepEqual(await poll, { lease_seconds: 30, tasks: [], settled: [] });
    assert.ok(performance.now() - start < 3_000);
  });
});
