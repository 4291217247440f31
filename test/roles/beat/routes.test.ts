import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestBeat, type TestBeat, testSettings } from '../../broker/start-test-beat.ts';
import { startTestIssuer, type TestIssuer } from '../../broker/test-issuer.ts';
import { until } from '../../broker/until.ts';

let folder: string;
let issuer: TestIssuer;
let beat: TestBeat;
const tokens: Record<string, string> = {};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beat-routes-'));
  issuer = await startTestIssuer();
  beat = await startTestBeat(testSettings(issuer, join(folder, 'beat.db')));
  for (const role of ['user', 'auditor', 'admin'] as const) {
    tokens[role] = await issuer.token({ role });
  }
  for (const scope of ['tasks:publish', 'tasks:lease', 'tasks:purge', 'other']) {
    tokens[scope] = await issuer.token({ scopes: [scope] });
  }
});
after(async () => {
  await beat.stop();
  await issuer.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what each route happens to answer.
  body: any;
}

async function call(
  who: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (who) headers['Authorization'] = `Bearer ${tokens[who]}`;
  const init: RequestInit = { method, headers };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
  }
  const response = await fetch(`${beat.url}/api/beat${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

const lease = { worker: 'w', session: randomUUID(), queues: ['routes'], limit: 5 };
const schedule = { name: 'nightly', cron: '0 3 * * *', task: 'rescan' };

describe('beat’s routes', () => {
  const routes: [string, string, string[], unknown?][] = [
    ['POST', '/tasks', ['tasks:publish', 'admin'], { tasks: [] }],
    ['GET', '/tasks', ['admin']],
    ['GET', `/tasks/${randomUUID()}`, ['admin']],
    ['POST', `/tasks/${randomUUID()}/requeue`, ['admin']],
    ['DELETE', `/tasks/${randomUUID()}`, ['admin']],
    ['POST', '/leases', ['tasks:lease'], lease],
    ['POST', '/leases/renew', ['tasks:lease'], { leases: [] }],
    ['POST', '/leases/settle', ['tasks:lease'], { settlements: [] }],
    ['POST', '/leases/reconcile', ['tasks:lease'], { session: randomUUID(), held: [] }],
    ['GET', '/queues', ['tasks:publish', 'tasks:lease', 'tasks:purge', 'auditor', 'admin']],
    ['POST', '/queues/none/requeue', ['admin']],
    ['DELETE', '/queues/none/dead', ['admin']],
    ['GET', '/workers', ['auditor', 'admin']],
    ['POST', '/purge', ['tasks:purge', 'admin']],
    ['GET', '/schedules', ['auditor', 'admin']],
    ['POST', '/schedules', ['admin'], schedule],
    ['GET', '/schedules/none', ['auditor', 'admin']],
    ['PATCH', '/schedules/none', ['admin'], {}],
    ['DELETE', '/schedules/none', ['admin']],
    ['POST', '/schedules/none/run', ['admin']],
    ['GET', '/schedules/none/runs', ['auditor', 'admin']],
  ];
  for (const [method, path, allowed, body] of routes) {
    it(`${method} ${path.replace(/[0-9a-f-]{36}/, '{id}')} lets only ${allowed.join(', ')} in`, async () => {
      const nobody = await call(undefined, method, path, body);
      assert.equal(nobody.status, 401);
      assert.equal(nobody.headers.get('www-authenticate'), 'Bearer');
      for (const who of Object.keys(tokens)) {
        const { status, body: problem } = await call(who, method, path, body);
        if (allowed.includes(who))
          assert.ok([200, 201, 204, 404, 409].includes(status), `${who}: ${status}`);
        else assert.deepEqual([status, problem.code], [403, 'forbidden'], who);
      }
    });
  }

  const task = { name: 'job', queue: 'routes' };
  const tooMany = Array.from({ length: 1_001 }, () => task);
  const bad: [string, string, string, string, unknown, string?][] = [
    ['broken JSON', 'tasks:publish', 'POST', '/tasks', '{"tasks": ['],
    ['no object', 'tasks:publish', 'POST', '/tasks', '[]', 'body'],
    ['no body', 'tasks:publish', 'POST', '/tasks', undefined],
    ['an unknown field', 'tasks:publish', 'POST', '/tasks', { tasks: [], more: 1 }, 'body'],
    [
      'an unknown field of a task',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ ...task, x: 1 }] },
      'body.tasks.0',
    ],
    ['too many tasks', 'tasks:publish', 'POST', '/tasks', { tasks: tooMany }, 'body.tasks'],
    [
      'a name in capitals',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ name: 'Job' }] },
      'body.tasks.0.name',
    ],
    [
      'nested args',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ ...task, args: { a: {} } }] },
      'body.tasks.0.args.a',
    ],
    [
      'args too large',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ ...task, args: { a: 'x'.repeat(17_000) } }] },
      'body.tasks.0.args',
    ],
    [
      'a priority of ten',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ ...task, priority: 10 }] },
      'body.tasks.0.priority',
    ],
    [
      'a delay below zero',
      'tasks:publish',
      'POST',
      '/tasks',
      { tasks: [{ ...task, delay_seconds: -1 }] },
      'body.tasks.0.delay_seconds',
    ],
    ['no queues', 'tasks:lease', 'POST', '/leases', { ...lease, queues: [] }, 'body.queues'],
    ['a limit of 501', 'tasks:lease', 'POST', '/leases', { ...lease, limit: 501 }, 'body.limit'],
    [
      'a wait of 31 s',
      'tasks:lease',
      'POST',
      '/leases',
      { ...lease, wait_seconds: 31 },
      'body.wait_seconds',
    ],
    [
      'a session that is none',
      'tasks:lease',
      'POST',
      '/leases',
      { ...lease, session: 'x' },
      'body.session',
    ],
    [
      'a lease that is none',
      'tasks:lease',
      'POST',
      '/leases/renew',
      { leases: ['1.x'] },
      'body.leases.0',
    ],
    [
      'an unknown outcome',
      'tasks:lease',
      'POST',
      '/leases/settle',
      { settlements: [{ lease: `1.${'a'.repeat(22)}`, outcome: 'lost' }] },
      'body.settlements.0.outcome',
    ],
    ['an id that is none', 'admin', 'GET', '/tasks/1', undefined, 'path.id'],
    ['an unknown state', 'admin', 'GET', '/tasks?state=lost', undefined, 'query.state'],
    ['a limit of zero', 'admin', 'GET', '/tasks?limit=0', undefined, 'query.limit'],
    ['a forged cursor', 'admin', 'GET', '/tasks?cursor=WzJd.AAAA', undefined],
    ['a forged cursor of schedules', 'admin', 'GET', '/schedules?cursor=x', undefined],
    [
      'a schedule without a task',
      'admin',
      'POST',
      '/schedules',
      { name: 'x', cron: '* * * * *' },
      'body.task',
    ],
    [
      'a schedule’s bad name',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, name: 'Night job' },
      'body.name',
    ],
    [
      'a bad cron pattern',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, cron: '61 * * * *' },
      'body.cron',
    ],
    [
      'a date for a pattern',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, cron: '2030-01-01T00:00:00' },
      'body.cron',
    ],
    [
      'a day that never comes',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, cron: '0 0 30 2 *' },
      'body.cron',
    ],
    [
      'neither pattern nor interval',
      'admin',
      'POST',
      '/schedules',
      { name: 'x', task: 'y' },
      'body.cron',
    ],
    [
      'pattern and interval',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, interval_seconds: 5 },
      'body.cron',
    ],
    [
      'an unknown time zone',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, time_zone: 'Mars/Base' },
      'body.time_zone',
    ],
    [
      'an interval below a second',
      'admin',
      'POST',
      '/schedules',
      { name: 'x', task: 'y', interval_seconds: 0.5 },
      'body.interval_seconds',
    ],
    [
      'a schedule’s args too large',
      'admin',
      'POST',
      '/schedules',
      { ...schedule, args: { a: 'x'.repeat(17_000) } },
      'body.args',
    ],
    [
      'a bad change',
      'admin',
      'PATCH',
      '/schedules/purge_expired_tokens',
      { cron: 'x' },
      'body.cron',
    ],
    [
      'an unknown field of a change',
      'admin',
      'PATCH',
      '/schedules/purge_expired_tokens',
      { name: 'x' },
      'body',
    ],
  ];
  for (const [what, who, method, path, body, field] of bad) {
    it(`${method} ${path.split('?')[0]} refuses ${what}`, async () => {
      const { status, headers, body: problem } = await call(who, method, path, body);
      assert.equal(status, 400, JSON.stringify(problem));
      assert.equal(headers.get('content-type'), 'application/problem+json');
      if (field)
        assert.deepEqual(
          problem.errors.map((each: { field: string }) => each.field),
          [field],
        );
    });
  }

  it('POST /tasks refuses a body over its limit, announced or in chunks', async () => {
    const chunk = Buffer.alloc(1_024 * 1_024, ' ');
    const headers = {
      Authorization: `Bearer ${tokens['tasks:publish']}`,
      'Content-Type': 'application/json',
    };
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 21; count += 1) yield chunk;
    }
    for (const body of [Buffer.alloc(21 * 1_024 * 1_024, ' '), ReadableStream.from(chunks())]) {
      const response = await fetch(`${beat.url}/api/beat/tasks`, {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      });
      assert.equal(response.status, 413);
      await response.body?.cancel();
    }
    const small = ReadableStream.from([Buffer.from('{"tasks":'), Buffer.from('[]}')]);
    const response = await fetch(`${beat.url}/api/beat/tasks`, {
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
    await call('tasks:publish', 'POST', '/tasks', { tasks: names });
    const seen: string[] = [];
    let path = '/tasks?queue=pages&limit=2';
    while (path !== '') {
      const { body, headers } = await call('admin', 'GET', path);
      for (const { name } of body) seen.push(name);
      path = /<\/api\/beat(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    assert.deepEqual(seen, ['page4', 'page3', 'page2', 'page1', 'page0']);
  });

  it('lets people requeue and discard dead letters, not what a worker has', async () => {
    const queue = 'people';
    const published = await call('tasks:publish', 'POST', '/tasks', {
      tasks: [{ name: 'job', queue }],
    });
    const path = `/tasks/${published.body.outcomes[0].id}`;
    assert.equal((await call('admin', 'POST', `${path}/requeue`)).status, 409);
    const leased = await call('tasks:lease', 'POST', '/leases', { ...lease, queues: [queue] });
    assert.equal((await call('admin', 'DELETE', path)).status, 409);
    const workers = await call('auditor', 'GET', '/workers');
    assert.deepEqual(
      workers.body.map((each: { name: string; running: number }) => [each.name, each.running]),
      [['w', 1]],
    );
    const settlements = [
      { lease: leased.body.tasks[0].lease, outcome: 'dead', reason: 'no such file' },
    ];
    const settled = await call('tasks:lease', 'POST', '/leases/settle', { settlements });
    assert.deepEqual(settled.body.results, ['ok']);
    assert.deepEqual(
      (await call('tasks:lease', 'POST', '/leases/settle', { settlements })).body.results,
      ['lost'],
    );
    const dead = await call('admin', 'GET', path);
    assert.deepEqual([dead.body.state, dead.body.reason], ['dead', 'no such file']);
    assert.equal((await call('admin', 'POST', `${path}/requeue`)).status, 204);
    assert.equal((await call('admin', 'GET', path)).body.state, 'ready');
    assert.equal((await call('admin', 'DELETE', path)).status, 204);
    assert.equal((await call('admin', 'GET', path)).status, 404);
  });

  it('leases nothing to a poll whose client has gone', async () => {
    const queues = ['gone'];
    const session = randomUUID();
    const client = new AbortController();
    const poll = fetch(`${beat.url}/api/beat/leases`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tokens['tasks:lease']}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ ...lease, session, queues, wait_seconds: 20 }),
      signal: client.signal,
    });
    const present = async (): Promise<boolean> =>
      (await call('admin', 'GET', '/workers')).body.length > 1;
    await until('the poll waits', present);
    client.abort();
    await assert.rejects(poll);
    await call('tasks:publish', 'POST', '/tasks', { tasks: [{ name: 'job', queue: 'gone' }] });
    const next = await call('tasks:lease', 'POST', '/leases', {
      ...lease,
      queues,
      wait_seconds: 5,
    });
    assert.equal(next.body.tasks.length, 1);
    assert.equal(next.body.tasks[0].attempt, 1);
  });

  it('keeps schedules: adds, shows, changes, runs and deletes them', async () => {
    const path = '/schedules/kept';
    const created = await call('admin', 'POST', '/schedules', {
      ...schedule,
      name: 'kept',
      time_zone: 'Europe/Vienna',
    });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('location'), '/api/beat/schedules/kept');
    const twin = await call('admin', 'POST', '/schedules', { ...schedule, name: 'kept' });
    assert.deepEqual([twin.status, twin.body.code], [409, 'name_taken']);
    const changed = await call('admin', 'PATCH', path, { interval_seconds: 60, paused: true });
    const { cron, interval_seconds, paused, next_time } = changed.body;
    assert.deepEqual(
      { cron, interval_seconds, paused, next_time },
      { cron: null, interval_seconds: 60, paused: true, next_time: null },
    );
    const run = await call('admin', 'POST', `${path}/run`);
    assert.equal(run.body.outcome, 'requested');
    const runs = await call('auditor', 'GET', `${path}/runs`);
    assert.deepEqual(runs.body, [run.body]);
    assert.equal((await call('admin', 'DELETE', path)).status, 204);
    assert.equal((await call('admin', 'GET', path)).status, 404);
    const builtIn = await call('admin', 'DELETE', '/schedules/update_sensitivity_score');
    assert.deepEqual([builtIn.status, builtIn.body.code], [409, 'conflict']);
  });

  it('ends waiting polls at once when it stops', async () => {
    const other = await startTestBeat(testSettings(issuer, join(folder, 'other.db')));
    const start = performance.now();
    const poll = issuer.client.call(`${other.url}/api/beat/leases`, {
      body: { ...lease, wait_seconds: 20 },
    });
    await until('the poll waits', async () => {
      const headers = { Authorization: `Bearer ${tokens['admin']}` };
      const workers = await fetch(`${other.url}/api/beat/workers`, { headers });
      return ((await workers.json()) as unknown[]).length === 1;
    });
    await other.stop();
    assert.deepEqual(await poll, { lease_seconds: 30, tasks: [], settled: [] });
    assert.ok(performance.now() - start < 3_000);
  });
});
