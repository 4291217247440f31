import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { settleOutcomes } from '../../../src/broker/wire.ts';
import { openBeatDatabase } from '../../../src/roles/beat/store/open-beat-database.ts';
import type { TaskToPublish } from '../../../src/roles/beat/store/publish-tasks.ts';
import { backoffSeconds } from '../../../src/roles/beat/store/settle-tasks.ts';
import { stateNames } from '../../../src/roles/beat/store/task-counts.ts';
import { TaskQueue } from '../../../src/roles/beat/store/task-queue.ts';
import { QueueModel } from './queue-model.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-queue-'));
});
after(() => rm(folder, { recursive: true }));

function task(more: Partial<TaskToPublish> = {}): TaskToPublish {
  return {
    name: 'job',
    queue: 'q',
    key: null,
    args: {},
    priority: 5,
    delaySeconds: 0,
    maxAttempts: 3,
    requestId: null,
    revive: false,
    ...more,
  };
}

function open(more: { now?: () => number; random?: () => number } = {}) {
  const database = openBeatDatabase(join(folder, `${randomUUID()}.db`));
  const queue = new TaskQueue(database, { leaseSeconds: 30, maxLeaseLosses: 1, ...more });
  return { database, queue };
}

const publish = fc.record({
  key: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
  args: fc.integer({ min: 1, max: 3 }).map((version) => ({ version })),
  priority: fc.integer({ min: 4, max: 6 }),
  delaySeconds: fc.constantFrom(0, 0, 0, 1.5, 40),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  revive: fc.boolean(),
});
const steps = fc.oneof(
  fc.record({ do: fc.constant('publish' as const), tasks: fc.array(publish, { maxLength: 6 }) }),
  fc.record({ do: fc.constant('lease' as const), limit: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    // Counted from the newest lease: old ones are tried as well.
    which: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
    outcome: fc.constantFrom(...settleOutcomes),
    retrySeconds: fc.option(fc.constantFrom(0.5, 20), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('renew' as const), which: fc.array(fc.nat(12), { maxLength: 4 }) }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(0.4, 2, 16, 31, 400) }),
  fc.record({ do: fc.constant('requeue' as const) }),
);

describe('TaskQueue', () => {
  it('does what its model does: loses no task, leases none twice, keeps keys unique', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 60 }), async (script) => {
        const model = new QueueModel(30, 1);
        const random = (): number => 0.5;
        const { database, queue } = open({ now: () => model.now, random });
        const session = { worker: 'w', session: randomUUID() };
        const leases: string[] = [];
        const pick = (index: number): string | undefined => leases.at(-1 - index);
        for (const step of script) {
          model.sweep();
          if (step.do === 'publish') {
            const outcomes = await queue.publish(step.tasks.map((each) => task(each)));
            const expected = step.tasks.map((each, index) =>
              model.publish(each, outcomes[index]?.id ?? ''),
            );
            assert.deepEqual(
              outcomes.map(({ id, state }) => ({ id, state })),
              expected,
            );
          } else if (step.do === 'lease') {
            const expected = model.nextTasks(step.limit);
            const { tasks } = await queue.lease({ ...session, queues: ['q'], limit: step.limit });
            assert.deepEqual(
              tasks.map(({ id, attempt, args }) => ({ id, attempt, args })),
              expected.map(({ id, attempts, args }) => ({ id, attempt: attempts + 1, args })),
            );
            for (const [index, each] of expected.entries()) {
              const lease = tasks[index]?.lease ?? '';
              model.lease(each, lease);
              leases.push(lease);
            }
          } else if (step.do === 'settle') {
            const settlements = step.which
              .map(pick)
              .filter((lease) => lease !== undefined)
              .map((lease) => ({ lease, outcome: step.outcome, retry_seconds: step.retrySeconds }));
            const expected = settlements.map((settlement) => model.settle(settlement, random));
            assert.deepEqual(await queue.settle(settlements), expected);
          } else if (step.do === 'renew') {
            const renewed = step.which.map(pick).filter((lease) => lease !== undefined);
            const expected = renewed.map((lease) => model.renew(lease));
            assert.deepEqual(await queue.renew(renewed), expected);
          } else if (step.do === 'requeue') {
            assert.equal(await queue.requeueDead('q'), model.requeueDead());
          } else model.now += step.seconds * 1_000;
          await queue.sweep();
          model.sweep();
          const [stats] = queue.inspect.stats();
          const { ready, scheduled, leased, dead, finished } = stats ?? model.count();
          assert.deepEqual({ ready, scheduled, leased, dead, finished }, model.count());
          const counted = database.reader
            .prepare<[], { state: number; count: number }>(
              'SELECT state, count(*) AS count FROM tasks GROUP BY state',
            )
            .all();
          for (const { state, count } of counted) {
            assert.equal(model.count()[stateNames[state] ?? 'dead'], count);
          }
        }
        await database.close();
      }),
      { numRuns: 150 },
    );
  });

  it('answers each unit of a shared commit for itself', async () => {
    const { database, queue } = open();
    const results = await Promise.allSettled([
      queue.publish([task({ key: 'one' })]),
      queue.requeue(randomUUID()),
      queue.publish([task({ key: 'two' })]),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(queue.inspect.stats()[0]?.ready, 2);
    await database.close();
  });

  it('counts a task by what it has become when it runs again under another name', async () => {
    const { database, queue } = open();
    await queue.publish([task({ key: 'k' })]);
    const request = { worker: 'w', session: randomUUID(), queues: ['q', 'p'], limit: 1 };
    const { tasks } = await queue.lease(request);
    const readied: string[] = [];
    queue.onChange((events) => readied.push(...events.readied.keys()));
    await queue.publish([task({ key: 'k', queue: 'p', name: 'other' })]);
    assert.deepEqual(readied, []);
    await queue.settle(tasks.map(({ lease }) => ({ lease, outcome: 'done' as const })));
    assert.deepEqual(readied, ['p'], 'those who wait are woken');
    assert.deepEqual(
      queue.inspect.stats().map(({ queue: name, ready, leased }) => ({ name, ready, leased })),
      [
        { name: 'p', ready: 1, leased: 0 },
        { name: 'q', ready: 0, leased: 0 },
      ],
    );
    const [next] = (await queue.lease(request)).tasks;
    assert.deepEqual([next?.id, next?.name, next?.attempt], [tasks[0]?.id, 'other', 1]);
    await database.close();
  });

  it('leases nothing to a connection that is gone', async () => {
    const { database, queue } = open();
    await queue.publish([task()]);
    const request = { worker: 'w', session: randomUUID(), queues: ['q'], limit: 1 };
    const gone = await queue.lease(request, { signal: AbortSignal.abort() });
    assert.deepEqual(gone.tasks, []);
    assert.equal(queue.inspect.stats()[0]?.ready, 1);
    await database.close();
  });

  it('gives back what a session does not know of, and nothing of others', async () => {
    const { database, queue } = open();
    await queue.publish([task(), task(), task()]);
    const session = randomUUID();
    const other = randomUUID();
    const lease = async (of: string): Promise<string> => {
      const request = { worker: 'w', session: of, queues: ['q'], limit: 1 };
      return (await queue.lease(request)).tasks[0]?.lease ?? '';
    };
    const known = await lease(session);
    await lease(session);
    await lease(other);
    assert.equal(await queue.reconcile(session, [known], false), 1);
    assert.equal(queue.inspect.stats()[0]?.leased, 2);
    assert.equal(await queue.reconcile(session, [], true), 1);
    assert.deepEqual(
      queue.inspect.workers(0).map(({ running }) => running),
      [1],
    );
    await database.close();
  });

  it('works beside another process on the same database', async () => {
    const path = join(folder, `${randomUUID()}.db`);
    const databases = [openBeatDatabase(path), openBeatDatabase(path)];
    const queues = databases.map(
      (each) => new TaskQueue(each, { leaseSeconds: 30, maxLeaseLosses: 1 }),
    );
    await Promise.all(
      queues.flatMap((queue) =>
        Array.from({ length: 20 }, (_, index) => queue.publish([task({ key: `k${index}` })])),
      ),
    );
    const leased = await Promise.all(
      queues.flatMap((queue) =>
        Array.from({ length: 10 }, () =>
          queue.lease({ worker: 'w', session: randomUUID(), queues: ['q'], limit: 3 }),
        ),
      ),
    );
    const ids = leased.flatMap(({ tasks }) => tasks.map(({ id }) => id));
    assert.equal(ids.length, 20);
    assert.equal(new Set(ids).size, 20);
    for (const database of databases) await database.close();
  });

  it('purges what finished long ago in batches, keeps the rest', async () => {
    let now = 1_700_000_000_000;
    const { database, queue } = open({ now: () => now });
    const finish = async (count: number): Promise<void> => {
      await queue.publish(Array.from({ length: count }, () => task()));
      const request = { worker: 'w', session: randomUUID(), queues: ['q'], limit: count };
      const { tasks } = await queue.lease(request);
      await queue.settle(tasks.map(({ lease }) => ({ lease, outcome: 'done' as const })));
    };
    await finish(2_100);
    now += 100_000;
    await finish(5);
    await queue.publish([task()]);
    assert.deepEqual(await queue.purge(60), { tasks: 2_100, workers: 1 });
    const { ready, finished } = queue.inspect.stats()[0] ?? {};
    assert.deepEqual({ ready, finished }, { ready: 1, finished: 5 });
    await database.close();
  });

  it('pages through tasks newest first, whatever is filtered', async () => {
    const { database, queue } = open();
    for (const [index, name] of ['a', 'b', 'a', 'b', 'a'].entries()) {
      await queue.publish([task({ name, key: `${index}`, queue: index > 2 ? 'p' : 'q' })]);
    }
    const keys = (filter: object, options: { limit: number; before?: number }) =>
      queue.inspect.list(filter, options).map(({ key }) => key);
    assert.deepEqual(keys({}, { limit: 3 }), ['4', '3', '2']);
    assert.deepEqual(keys({}, { limit: 3, before: 3 }), ['1', '0']);
    assert.deepEqual(keys({ name: 'a' }, { limit: 9 }), ['4', '2', '0']);
    assert.deepEqual(keys({ queue: 'q', name: 'a' }, { limit: 9 }), ['2', '0']);
    assert.deepEqual(keys({ state: 'dead' }, { limit: 9 }), []);
    await database.close();
  });

  it('answers at once with a hundred thousand tasks waiting and as many finished', async () => {
    const { database, queue } = open();
    const fill = database.writer.prepare(`
      WITH RECURSIVE series (value) AS
        (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < 100000)
      INSERT INTO tasks (id, kind, state, priority, args, attempts, max_attempts, lapses,
                         created_at, run_at, finished_at)
      SELECT 'filled-' || ? || value, 1, ?, 5, '{}', 1, 1, 0, 0, value, value
      FROM series`);
    await queue.publish([task()]);
    for (const state of [0, 4]) fill.run(state, state);
    database.writer.prepare('UPDATE kinds SET ready = 100001, finished = 100000').run();
    const start = performance.now();
    const request = { worker: 'w', session: randomUUID(), queues: ['q'], limit: 50 };
    const { tasks } = await queue.lease(request);
    queue.inspect.stats();
    queue.inspect.list({ state: 'leased' }, { limit: 100 });
    await queue.settle(tasks.map(({ lease }) => ({ lease, outcome: 'done' as const })));
    const milliseconds = performance.now() - start;
    assert.equal(tasks.length, 50);
    assert.ok(milliseconds < 100, `took ${milliseconds} ms`);
    await database.close();
  });
});

describe('backoffSeconds()', () => {
  it('doubles from a second to five minutes, half of it by chance', () => {
    const cases: [number, number, number][] = [
      [1, 0, 0.5],
      [1, 1, 1],
      [2, 0, 1],
      [5, 1, 16],
      [9, 1, 256],
      [10, 0, 150],
      [99, 1, 300],
    ];
    for (const [attempt, chance, seconds] of cases) {
      assert.equal(
        backoffSeconds(attempt, () => chance),
        seconds,
      );
    }
  });
});
