import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type CalledBeat, startCalledBeat } from './called-beat.ts';

let called: CalledBeat;
before(async () => {
  called = await startCalledBeat();
});
after(() => called.close());

const lease = { worker: 'w', session: randomUUID(), queues: ['routes'], limit: 5 };
const schedule = { name: 'nightly', cron: '0 3 * * *', task: 'rescan' };

describe('beat’s doors', () => {
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
      const nobody = await called.call(undefined, method, path, body);
      assert.equal(nobody.status, 401);
      assert.equal(nobody.headers.get('www-authenticate'), 'Bearer');
      for (const who of Object.keys(called.tokens)) {
        const { status, body: problem } = await called.call(who, method, path, body);
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
      const { status, headers, body: problem } = await called.call(who, method, path, body);
      assert.equal(status, 400, JSON.stringify(problem));
      assert.equal(headers.get('content-type'), 'application/problem+json');
      if (field)
        assert.deepEqual(
          problem.errors.map((each: { field: string }) => each.field),
          [field],
        );
    });
  }
});
