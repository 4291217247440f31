import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Broker,
  type Consumer,
  type QueueStats,
  type Task,
  TaskFailure,
  type TaskHandler,
} from '../../src/broker/broker.ts';
import { until } from './until.ts';

/** A running engine and what people and accidents do to it. */
export interface TestEngine {
  broker: Broker;
  leaseSeconds: number;
  /** How often a worker may vanish with a task. */
  maxLeaseLosses: number;
  /** Takes one task of the queue and is never heard of again; false when there is none. */
  leaseAndVanish: (queue: string) => Promise<boolean>;
  requeue: (id: string) => Promise<void>;
  requeueAll: (queue: string) => Promise<void>;
  discard: (id: string) => Promise<void>;
  /** Ends the engine's server at once; its data stays. */
  goAway: () => Promise<void>;
  comeBack: () => Promise<void>;
  close: () => Promise<void>;
}

/** What every engine promises; each test has a queue of its own. */
export function testBrokerContract(name: string, openEngine: () => Promise<TestEngine>): void {
  describe(`${name} keeps the broker contract`, () => {
    let engine: TestEngine;
    let broker: Broker;
    const consumers: Consumer[] = [];

    before(async () => {
      engine = await openEngine();
      broker = engine.broker;
    });
    after(async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop(0)));
      await engine.close();
    });

    function consume(queue: string, handler: TaskHandler, concurrency = 10): Consumer {
      const consumer = broker.consume([queue], handler, { concurrency, worker: `test-${queue}` });
      consumers.push(consumer);
      return consumer;
    }

    async function statsOf(queue: string): Promise<QueueStats> {
      const stats = (await broker.stats()).find((each) => each.queue === queue);
      assert.ok(stats, `there is a queue ${queue}`);
      return stats;
    }

    async function publishOne(queue: string, more: object = {}): Promise<string> {
      const [outcome] = await broker.publish([{ name: 'job', queue, ...more }]);
      assert.equal(outcome?.state, 'queued');
      return outcome?.id ?? '';
    }

    it('hands a task to its handler as it was published', async () => {
      const got: Task[] = [];
      const id = await publishOne('plain', {
        key: 'plain:1',
        args: { file: 'f1', size: 7, deep: true, nothing: null },
        maxAttempts: 3,
        requestId: 'request-1',
      });
      consume('plain', async (task) => void got.push(task));
      await until('the task is finished', async () => (await statsOf('plain')).finished === 1);
      assert.deepEqual(got, [
        {
          id,
          name: 'job',
          queue: 'plain',
          key: 'plain:1',
          args: { file: 'f1', size: 7, deep: true, nothing: null },
          attempt: 1,
          maxAttempts: 3,
          requestId: 'request-1',
        },
      ]);
    });

    it('answers a publish of many in order, small ones together', async () => {
      const many = Array.from({ length: 2_345 }, (_, index) => ({
        name: 'job',
        queue: 'many',
        key: `many:${index}`,
      }));
      const outcomes = await broker.publish(many);
      assert.equal(new Set(outcomes.map(({ id }) => id)).size, many.length);
      const again = await Promise.all(many.slice(0, 50).map((task) => broker.publish([task])));
      assert.deepEqual(
        again.flat(),
        outcomes.slice(0, 50).map(({ id }) => ({ id, state: 'duplicate' })),
      );
      assert.deepEqual(await broker.publish([]), []);
    });

    it('keeps a key unique while its task is unfinished, and only then', async () => {
      const task = { name: 'job', queue: 'keys', key: 'keys:1' };
      const outcomes = await broker.publish([task, task]);
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['queued', 'duplicate'],
      );
      const consumer = consume('keys', async () => {});
      await until('the task is finished', async () => (await statsOf('keys')).finished === 1);
      await consumer.stop(1_000);
      const [later] = await broker.publish([task]);
      assert.equal(later?.state, 'queued');
      assert.notEqual(later?.id, outcomes[0]?.id);
    });

    it('runs once more what is published while its task runs, with the new arguments', async () => {
      const task = { name: 'job', queue: 'again', key: 'again:1' };
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
      const seen: string[] = [];
      let running = 0;
      const id = await publishOne('again', { key: task.key, args: { version: 1 } });
      consume('again', async ({ id: of, args, attempt }) => {
        running += 1;
        seen.push(`${of} ${args['version']} ${attempt} ${running}`);
        await mayEnd;
        running -= 1;
      });
      await until('it runs', () => seen.length === 1);
      for (const version of [2, 3]) {
        const outcomes = await broker.publish([{ ...task, args: { version } }]);
        assert.deepEqual(outcomes, [{ id, state: 'duplicate' }]);
      }
      const { ready, leased } = await statsOf('again');
      assert.deepEqual({ ready, leased }, { ready: 0, leased: 1 });
      end();
      await until('the task is finished', async () => (await statsOf('again')).finished === 1);
      assert.deepEqual(seen, [`${id} 1 1 1`, `${id} 3 1 1`]);
      assert.equal((await broker.publish([task]))[0]?.state, 'queued');
    });

    it('runs what was published during an attempt that failed, for good or not', async () => {
      for (const retry of [true, false]) {
        const queue = `again-${retry}`;
        const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
        const seen: string[] = [];
        await publishOne(queue, { key: queue, args: { version: 1 } });
        consume(queue, async ({ args, attempt }) => {
          seen.push(`${args['version']} ${attempt}`);
          await mayEnd;
          if (seen.length > 1) return;
          throw new TaskFailure('no such file', { retry, ...(retry && { retrySeconds: 0.05 }) });
        });
        await until('it runs', () => seen.length === 1);
        await broker.publish([{ name: 'job', queue, key: queue, args: { version: 2 } }]);
        end();
        await until('the task is finished', async () => (await statsOf(queue)).finished === 1);
        assert.deepEqual(seen, ['1 1', retry ? '2 2' : '2 1']);
      }
    });

    it('runs what was published while a vanished worker had the task', async () => {
      const task = { name: 'job', queue: 'again-lapses', key: 'again-lapses:1' };
      await publishOne(task.queue, { key: task.key, args: { version: 1 } });
      assert.ok(await engine.leaseAndVanish(task.queue));
      await broker.publish([{ ...task, args: { version: 2 } }]);
      const seen: unknown[] = [];
      consume(task.queue, async ({ args }) => void seen.push(args['version']));
      await until('it is finished', async () => (await statsOf(task.queue)).finished === 1);
      assert.deepEqual(seen, [2]);
    });

    it('runs the last of what was published under a key that waits', async () => {
      const task = { name: 'job', queue: 'newest', key: 'newest:1' };
      const outcomes = await broker.publish([
        { ...task, args: { version: 1 } },
        { ...task, args: { version: 2 } },
      ]);
      assert.equal(outcomes[1]?.state, 'duplicate');
      const seen: unknown[] = [];
      consume(task.queue, async ({ args }) => void seen.push(args['version']));
      await until('it is finished', async () => (await statsOf(task.queue)).finished === 1);
      assert.deepEqual(seen, [2]);
    });

    it('hands out higher priorities first, then first come, first served', async () => {
      await broker.publish(
        [5, 1, 9, 5, 9].map((priority, index) => ({
          name: 'job',
          queue: 'priorities',
          priority,
          args: { index },
        })),
      );
      const order: unknown[] = [];
      consume('priorities', async ({ args }) => void order.push(args['index']), 1);
      await until('all are handled', () => order.length === 5);
      assert.deepEqual(order, [2, 4, 0, 3, 1]);
    });

    it('holds a delayed task back, then hands it out promptly', async () => {
      const start = performance.now();
      await publishOne('delays', { delaySeconds: 0.4 });
      assert.equal((await statsOf('delays')).scheduled, 1);
      let at = 0;
      consume('delays', async () => {
        at = performance.now();
      });
      await until('the task is handled', () => at > 0);
      assert.ok(at - start >= 399, `after ${at - start} ms`);
      assert.ok(at - start < 900, `after ${at - start} ms`);
    });

    it('wakes a waiting consumer at once', async () => {
      const handled: number[] = [];
      const consumer = consume('prompt', async () => void handled.push(performance.now()));
      await publishOne('prompt');
      await until('it waits for more', async () => (await statsOf('prompt')).finished === 1);
      const start = performance.now();
      await publishOne('prompt');
      await until('the second task is handled', () => handled.length === 2);
      const milliseconds = (handled[1] ?? 0) - start;
      assert.ok(milliseconds < 500, `after ${milliseconds} ms`);
      assert.ok(consumer.connected);
      assert.ok(Date.now() - consumer.lastContact < 5_000);
    });

    it('tries a failed attempt again after a while, then keeps a dead letter', async () => {
      const attempts: { attempt: number; at: number }[] = [];
      const id = await publishOne('retries', { key: 'retries:1', maxAttempts: 2 });
      consume('retries', async ({ attempt }) => {
        attempts.push({ attempt, at: performance.now() });
        throw new TaskFailure('the other side is away', { retry: true });
      });
      await until('it is a dead letter', async () => (await statsOf('retries')).dead === 1);
      assert.deepEqual(
        attempts.map(({ attempt }) => attempt),
        [1, 2],
      );
      const gap = (attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0);
      assert.ok(gap >= 450, `backed off ${gap} ms`);
      const task = { name: 'job', queue: 'retries', key: 'retries:1' };
      assert.deepEqual(await broker.publish([task]), [
        { id, state: 'dead', reason: 'the other side is away' },
      ]);
      assert.deepEqual(await broker.publish([{ ...task, revive: true, delaySeconds: 60 }]), [
        { id, state: 'queued' },
      ]);
    });

    it('retries when the failure says', async () => {
      const times: number[] = [];
      await publishOne('soon');
      consume('soon', async () => {
        times.push(performance.now());
        if (times.length === 1) throw new TaskFailure('busy', { retry: true, retrySeconds: 0.05 });
      });
      await until('the second attempt is made', () => times.length === 2);
      assert.ok((times[1] ?? 0) - (times[0] ?? 0) < 450);
    });

    it('makes a task that cannot succeed a dead letter at once; people decide', async () => {
      const [first, second, third] = await Promise.all([
        publishOne('dead', { key: 'dead:1' }),
        publishOne('dead', { key: 'dead:2' }),
        publishOne('dead', { key: 'dead:3' }),
      ]);
      let works = false;
      const handled: string[] = [];
      consume('dead', async ({ id, attempt }) => {
        if (!works) throw new TaskFailure('no such file', { retry: false });
        handled.push(`${id} ${attempt}`);
      });
      await until('all are dead letters', async () => (await statsOf('dead')).dead === 3);
      works = true;
      await engine.discard(first ?? '');
      await engine.requeue(second ?? '');
      await until('one is handled', () => handled.length === 1);
      await engine.requeueAll('dead');
      await until('the rest is handled', async () => (await statsOf('dead')).finished === 2);
      assert.deepEqual(handled, [`${second} 1`, `${third} 1`]);
      assert.equal((await statsOf('dead')).dead, 0);
    });

    it('tells of an unexpected error its name alone', async () => {
      await publishOne('secrets', { key: 'secrets:1', maxAttempts: 1 });
      consume('secrets', async () => {
        throw new RangeError('4111 1111 1111 1111');
      });
      await until('it is a dead letter', async () => (await statsOf('secrets')).dead === 1);
      const [outcome] = await broker.publish([{ name: 'job', queue: 'secrets', key: 'secrets:1' }]);
      assert.equal(outcome?.reason, 'RangeError');
    });

    it('gives a task whose worker vanished to the next one', async () => {
      await publishOne('lapses');
      assert.ok(await engine.leaseAndVanish('lapses'));
      const start = performance.now();
      const got: Task[] = [];
      consume('lapses', async (task) => void got.push(task));
      await until('the task is handled', () => got.length === 1);
      assert.ok(performance.now() - start > engine.leaseSeconds * 500);
      assert.equal(got[0]?.attempt, 1, 'a vanished worker costs no attempt');
    });

    it('makes a task that ends its workers a dead letter', async () => {
      await publishOne('poison', { key: 'poison:1', maxAttempts: 100 });
      for (let loss = 0; loss <= engine.maxLeaseLosses; loss += 1) {
        await until('the task can be leased', () => engine.leaseAndVanish('poison'));
      }
      await until('it is a dead letter', async () => (await statsOf('poison')).dead === 1);
      const [outcome] = await broker.publish([{ name: 'job', queue: 'poison', key: 'poison:1' }]);
      assert.match(outcome?.reason ?? '', /worker vanished \d times/);
    });

    it('renews the lease of a task that takes longer', async () => {
      let runs = 0;
      let aborted = false;
      await publishOne('long');
      consume('long', async (_task, { signal }) => {
        runs += 1;
        signal.addEventListener('abort', () => {
          aborted = true;
        });
        await new Promise((resolve) => setTimeout(resolve, engine.leaseSeconds * 2_200));
      });
      await until('the task is finished', async () => (await statsOf('long')).finished === 1);
      assert.deepEqual({ runs, aborted }, { runs: 1, aborted: false });
    });

    it('finishes what runs when a consumer stops, and takes nothing more', async () => {
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
      let started = 0;
      await broker.publish(Array.from({ length: 20 }, () => ({ name: 'job', queue: 'stops' })));
      const consumer = consume(
        'stops',
        async () => {
          started += 1;
          await mayEnd;
        },
        3,
      );
      await until('three run', () => consumer.running === 3);
      const stopped = consumer.stop(10_000);
      end();
      await stopped;
      const { ready, leased, finished } = await statsOf('stops');
      assert.deepEqual(
        { started, ready, leased, finished },
        { started: 3, ready: 17, leased: 0, finished: 3 },
      );
    });

    it('gives back what outlasts the grace of a stop, and aborts it', async () => {
      let aborted = false;
      const id = await publishOne('outlasts');
      const consumer = consume('outlasts', async (_task, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = true;
      });
      await until('it runs', () => consumer.running === 1);
      await consumer.stop(50);
      assert.ok(aborted);
      const attempts: Task[] = [];
      consume('outlasts', async (task) => void attempts.push(task));
      await until('it is handled', () => attempts.length === 1);
      assert.equal(attempts[0]?.id, id);
      assert.equal(attempts[0]?.attempt, 1);
    });

    it('carries on by itself when the broker was away', async () => {
      const seen: string[] = [];
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
      const first = await publishOne('away');
      const consumer = consume('away', async ({ id }) => {
        seen.push(id);
        if (id === first) await mayEnd;
      });
      await until('the first runs', () => seen.length === 1);
      await engine.goAway();
      end();
      await assert.rejects(broker.publish([{ name: 'job', queue: 'away' }]));
      await assert.rejects(broker.check());
      await until('the consumer notices', () => !consumer.connected);
      await engine.comeBack();
      await until('the result is told', async () => (await statsOf('away')).finished === 1);
      const second = await publishOne('away');
      await until('the second is finished', async () => (await statsOf('away')).finished === 2);
      assert.deepEqual(seen, [first, second]);
      assert.ok(consumer.connected);
    });

    it('loses none of 5,000 tasks whose handlers fail at random', async () => {
      const total = 5_000;
      const done = new Map<unknown, number>();
      let failures = 0;
      const handler: TaskHandler = async ({ args, attempt }) => {
        if (Math.random() < 0.1) {
          failures += 1;
          if (attempt === 1) throw new Error('bad luck');
          throw new TaskFailure('bad luck', { retry: true, retrySeconds: Math.random() / 10 });
        }
        done.set(args['index'], (done.get(args['index']) ?? 0) + 1);
      };
      const two = [consume('storm', handler, 25), consume('storm', handler, 25)];
      await broker.publish(
        Array.from({ length: total }, (_, index) => ({
          name: 'job',
          queue: 'storm',
          key: `storm:${index}`,
          args: { index },
          maxAttempts: 50,
        })),
      );
      const finished = async (): Promise<boolean> => (await statsOf('storm')).finished === total;
      await until('all are finished', finished, 30_000);
      await Promise.all(two.map((consumer) => consumer.stop(1_000)));
      assert.equal(done.size, total);
      assert.ok(failures > 100);
      assert.deepEqual([...new Set(done.values())], [1], 'and none ran twice without need');
    });
  });
}
