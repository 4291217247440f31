import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { Cursors } from '../../../src/platform/http/list-page.ts';
import { createLog } from '../../../src/platform/log.ts';
import { changeSchedule } from '../../../src/roles/beat/actions/change-schedule.ts';
import {
  createSchedule,
  type NewSchedule,
} from '../../../src/roles/beat/actions/create-schedule.ts';
import { fireDueSchedules, fireNow } from '../../../src/roles/beat/actions/fire-schedules.ts';
import { insertBuiltInSchedules } from '../../../src/roles/beat/actions/insert-built-in-schedules.ts';
import type { BeatContext } from '../../../src/roles/beat/beat-context.ts';
import { LeaseWaiters } from '../../../src/roles/beat/lease-waiters.ts';
import { openBeatDatabase } from '../../../src/roles/beat/store/open-beat-database.ts';
import { ScheduleStore } from '../../../src/roles/beat/store/schedule-store.ts';
import { TaskQueue } from '../../../src/roles/beat/store/task-queue.ts';
import { Ticker } from '../../../src/roles/beat/ticker.ts';
import { until } from '../../broker/until.ts';

const start = Date.parse('2026-05-01T12:00:00Z');
const log = createLog('beat', 'silent');

let folder: string;
const opened: { close: () => Promise<void> }[] = [];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schedules-'));
});
after(async () => {
  for (const each of opened) await each.close();
  await rm(folder, { recursive: true });
});

interface TestBeat extends BeatContext {
  clock: { now: number };
  /** What became of ticks, oldest first: `HH:MM:SS outcome`. */
  runs: (schedule: string) => Promise<string[]>;
  finishAll: () => Promise<number>;
}

function open(path = join(folder, `${randomUUID()}.db`), realClock = false): TestBeat {
  const clock = { now: start };
  const now = realClock ? Date.now : () => clock.now;
  const database = openBeatDatabase(path);
  opened.push(database);
  const queue = new TaskQueue(database, { leaseSeconds: 30, maxLeaseLosses: 1, now });
  const schedules = new ScheduleStore(database);
  return {
    log,
    now,
    queue,
    waiters: new LeaseWaiters(queue),
    schedules,
    cursors: new Cursors(database.cursorKey),
    longestWaitSeconds: 30,
    keepFinishedSeconds: 60,
    countTick: () => {},
    scheduleChanged: () => {},
    clock,
    runs: async (schedule) =>
      (await schedules.listRuns(schedule))
        .map(({ tickAt, outcome }) => `${new Date(tickAt).toISOString().slice(11, 19)} ${outcome}`)
        .reverse(),
    finishAll: async () => {
      const request = { worker: 'w', session: randomUUID(), queues: ['q'], limit: 100 };
      const { tasks } = await queue.lease(request);
      await queue.settle(tasks.map(({ lease }) => ({ lease, outcome: 'done' as const })));
      return tasks.length;
    },
  };
}

function every(seconds: number, more: Partial<NewSchedule> = {}): NewSchedule {
  return {
    name: 'sweep',
    interval_seconds: seconds,
    time_zone: 'UTC',
    task: 'sweep',
    queue: 'q',
    args: { depth: 1 },
    priority: 5,
    max_attempts: 1,
    overlap: 'queue',
    jitter_seconds: 0,
    paused: false,
    ...more,
  };
}

describe('ScheduleStore', () => {
  it('waits for the disk, whatever the queue has committed before', async () => {
    const beat = open();
    const readLevel = (): Promise<number | undefined> =>
      beat.schedules.write(async (trx) => {
        const level = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(trx);
        return level.rows[0]?.synchronous;
      });
    for (let round = 0; round < 3; round += 1) {
      await beat.queue.lease({ worker: 'w', session: randomUUID(), queues: ['q'], limit: 1 });
      assert.equal(await readLevel(), 2);
    }
    const lease = { worker: 'w', session: randomUUID(), queues: ['q'], limit: 1 };
    const both = await Promise.all([readLevel(), beat.queue.lease(lease), readLevel()]);
    assert.deepEqual([both[0], both[2]], [2, 2]);
  });
});

describe('fireDueSchedules()', () => {
  it('queues one task a tick, under the key of the tick', async () => {
    const beat = open();
    await createSchedule(beat, every(10));
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), [], 'nothing before it is due');
    beat.clock.now = start + 10_003;
    await fireDueSchedules(beat);
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), ['12:00:10 queued']);
    const [task] = beat.queue.inspect.list({}, { limit: 10 });
    assert.equal(task?.key, 'sweep@2026-05-01T12:00:10.000Z');
    assert.deepEqual(task?.args, { depth: 1 });
    assert.equal((await beat.schedules.find('sweep'))?.next_at, start + 20_000);
  });

  const gaps: [string, number, string[], number][] = [
    ['a hair late', 1_004, ['12:00:01 queued'], 2_000],
    [
      'late by less than five seconds',
      3_500,
      ['12:00:01 queued', '12:00:02 queued', '12:00:03 queued'],
      4_000,
    ],
    ['away for a minute', 60_300, ['12:00:01 caught_up'], 61_000],
    ['away for a day', 86_400_000, ['12:00:01 caught_up'], 86_401_000],
  ];
  for (const [what, gap, expected, next] of gaps) {
    it(`fires a schedule of one second that is ${what}`, async () => {
      const beat = open();
      await createSchedule(beat, every(1));
      beat.clock.now = start + gap;
      await fireDueSchedules(beat);
      assert.deepEqual(await beat.runs('sweep'), expected);
      assert.equal((await beat.schedules.find('sweep'))?.next_at, start + next);
    });
  }

  it('skips a tick while the task of an earlier one is unfinished, if told to', async () => {
    const beat = open();
    await createSchedule(beat, every(10, { overlap: 'skip' }));
    for (const seconds of [10, 20]) {
      beat.clock.now = start + seconds * 1_000;
      await fireDueSchedules(beat);
    }
    assert.equal(await beat.finishAll(), 1);
    beat.clock.now = start + 30_000;
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), [
      '12:00:10 queued',
      '12:00:20 skipped',
      '12:00:30 queued',
    ]);
  });

  it('spreads ticks by the jitter and keeps their order', async () => {
    const beat = open();
    await createSchedule(beat, every(60, { jitter_seconds: 30 }));
    const row = await beat.schedules.find('sweep');
    assert.ok(row && row.fire_at > row.next_at && row.fire_at < row.next_at + 30_000);
    beat.clock.now = row.next_at;
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), []);
    beat.clock.now = row.fire_at;
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), ['12:01:00 queued']);
  });

  it('leaves a paused schedule alone and owes it nothing when it goes on', async () => {
    const beat = open();
    await createSchedule(beat, every(10, { paused: true }));
    beat.clock.now = start + 3_600_000;
    await fireDueSchedules(beat);
    await changeSchedule(beat, 'sweep', { paused: false });
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), []);
    beat.clock.now += 10_000;
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), ['13:00:10 queued']);
  });

  it('undoes the tick when its task cannot be queued', async () => {
    const beat = open();
    await createSchedule(beat, every(10));
    await beat.schedules.write((trx) => beat.schedules.update(trx, 'sweep', { args: 'broken' }));
    beat.clock.now = start + 10_000;
    await assert.rejects(fireDueSchedules(beat));
    assert.equal((await beat.schedules.find('sweep'))?.next_at, start + 10_000);
    await beat.schedules.write((trx) => beat.schedules.update(trx, 'sweep', { args: '{}' }));
    await fireDueSchedules(beat);
    assert.deepEqual(await beat.runs('sweep'), ['12:00:10 queued']);
    assert.equal(beat.queue.inspect.stats()[0]?.ready, 1);
  });

  it('remembers the last hundred runs', async () => {
    const beat = open();
    await createSchedule(beat, every(10, { overlap: 'skip' }));
    for (let tick = 1; tick <= 103; tick += 1) {
      beat.clock.now = start + tick * 10_000;
      await fireDueSchedules(beat);
    }
    const runs = await beat.schedules.listRuns('sweep');
    assert.equal(runs.length, 100);
    assert.equal(runs[0]?.tickAt, start + 1_030_000);
  });
});

describe('fireNow()', () => {
  it('queues a task beside the ticks, unless it would overlap', async () => {
    const beat = open();
    await createSchedule(beat, every(3_600, { overlap: 'skip' }));
    assert.equal((await fireNow(beat, 'sweep'))?.outcome, 'requested');
    assert.equal((await fireNow(beat, 'sweep'))?.outcome, 'skipped');
    assert.equal((await beat.schedules.find('sweep'))?.next_at, start + 3_600_000);
    assert.equal(await fireNow(beat, 'other'), undefined);
  });
});

describe('insertBuiltInSchedules()', () => {
  it('follows the settings until somebody edits a schedule', async () => {
    const beat = open();
    const interval = async () =>
      (await beat.schedules.find('update_sensitivity_score'))?.interval_seconds;
    await insertBuiltInSchedules(beat, 10);
    assert.equal((await beat.schedules.list(100)).length, 4);
    assert.equal(await interval(), 10);
    await insertBuiltInSchedules(beat, 20);
    assert.equal(await interval(), 20);
    await changeSchedule(beat, 'update_sensitivity_score', { interval_seconds: 33 });
    await insertBuiltInSchedules(beat, 10);
    assert.equal(await interval(), 33);
  });
});

describe('two beats on one database', () => {
  it('make one task of every tick, on time', async () => {
    const path = join(folder, `${randomUUID()}.db`);
    const beats = [open(path, true), open(path, true)];
    const [first] = beats;
    assert.ok(first);
    await createSchedule(first, every(1));
    const tickers = beats.map(
      (beat) =>
        new Ticker({
          log,
          now: Date.now,
          findNextDue: () => beat.schedules.findNextDue(),
          fireDue: () => fireDueSchedules(beat),
        }),
    );
    for (const ticker of tickers) ticker.start();
    await until(
      'ten ticks',
      async () => (await first.schedules.listRuns('sweep')).length >= 10,
      15_000,
    );
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    const runs = await first.schedules.listRuns('sweep');
    const ticksAt = runs.map(({ tickAt }) => tickAt).reverse();
    assert.deepEqual(
      ticksAt,
      ticksAt.map((_, index) => (ticksAt[0] ?? 0) + index * 1_000),
      'no tick is missing, none comes twice',
    );
    assert.equal(first.queue.inspect.stats()[0]?.ready, runs.length);
    const late = runs.map(({ tickAt, startedAt }) => startedAt - tickAt).sort((a, b) => a - b);
    assert.ok((late[0] ?? -1) >= 0, 'none fires early');
    assert.ok((late[Math.floor(late.length / 2)] ?? 999) < 50, `late by ${late} ms`);
  });
});
