import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestBeat, testSettings } from '../../broker/start-test-beat.ts';
import { until } from '../../broker/until.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

interface Task {
  key: string;
  args: { sha256: string; revision: number; force: boolean };
}

/** Makes this program's pair of policy and engine one that is not known yet. */
const olderPair = "update revisions set policy_version = 'older', policy = null";

describe('the sweep', () => {
  let file: RunningFile;
  before(async () => {
    file = await startFile();
  });
  after(() => file.remove());

  const sweep = async (): Promise<unknown> => (await file.post('/sweep')).body['queued'];
  const tasksOf = (sha256: string): Task[] =>
    file
      .rows<{ task: string }>('select task from outbox order by seq')
      .map(({ task }) => JSON.parse(task) as Task)
      .filter(({ args }) => args.sha256 === sha256);
  const dueIn = (sha256: string): number | null => {
    const [row] = file.rows<{ due_at: number | null }>(
      'select due_at from contents where sha256 = ?',
      sha256,
    );
    return row?.due_at == null ? null : Math.round((row.due_at - Date.now()) / 60_000);
  };
  /** Lets the time pass that a content has to wait. */
  const wait = (sha256: string): void =>
    file.change('update contents set due_at = ? where sha256 = ?', Date.now() - 1, sha256);
  const land = async (options: Parameters<typeof resultOf>[0]): Promise<unknown> =>
    (await file.post('/results', { results: [resultOf(options)] })).body['outcomes'];

  it('queues again what waits beyond its time, and nothing else', async () => {
    const person = await file.person();
    const late = await person.keep('late', 'late');
    const young = await person.keep('young', 'young');
    assert.equal(await sweep(), 0);
    wait(late.sha256);
    assert.equal(await sweep(), 1);
    assert.equal(await sweep(), 0);
    assert.equal(tasksOf(late.sha256).length, 2);
    assert.equal(tasksOf(young.sha256).length, 1);
    assert.equal(dueIn(late.sha256), 15);
    assert.equal((await person.get(`/${late.id}`)).body.status, 'pending');
    await land({ sha256: late.sha256 });
    await land({ sha256: young.sha256 });
    assert.equal(await sweep(), 0);
  });

  for (const reason of ['timeout', 'memory', 'crashed']) {
    it(`tries what failed with \`${reason}\` again, after growing waits, then leaves it`, async () => {
      const person = await file.person();
      const { id, sha256 } = await person.keep(reason, reason);
      for (const minutes of [10, 60, 360, null]) {
        const failure = { sha256, status: 'failed', reason } as const;
        assert.deepEqual(await land(failure), ['landed']);
        assert.deepEqual(await land(failure), ['known']);
        assert.equal(dueIn(sha256), minutes);
        const { body } = await person.get(`/${id}`);
        assert.deepEqual([body.status, body.status_reason], ['failed', reason]);
        assert.equal(await sweep(), 0);
        if (minutes === null) break;
        wait(sha256);
        assert.equal(await sweep(), 1);
        assert.equal(await sweep(), 0);
        assert.equal(tasksOf(sha256).at(-1)?.args.force, true);
        assert.equal((await person.get(`/${id}`)).body.status, 'pending');
        assert.deepEqual((await person.summary()).by_status, { pending: 1 });
      }
      assert.equal((await person.get(`/${id}`)).body.status, 'failed');
    });
  }

  it('leaves alone what failed for good', async () => {
    const person = await file.person();
    const { sha256 } = await person.keep('pdf', '%PDF');
    await land({ sha256, status: 'failed', reason: 'unsupported:application/pdf' });
    assert.equal(dueIn(sha256), null);
    assert.equal(await sweep(), 0);
  });

  it('asks again for what a worker of another version has scored', async () => {
    const person = await file.person();
    const { id, sha256 } = await person.keep('other version', 'other version');
    await land({ sha256, score: 20, engineVersion: '0-other' });
    assert.equal((await person.get(`/${id}`)).body.sensitivity_score, 20);
    assert.equal(dueIn(sha256), 10);
    wait(sha256);
    assert.equal(await sweep(), 1);
    assert.deepEqual(await land({ sha256, score: 30 }), ['landed']);
    assert.equal((await person.get(`/${id}`)).body.sensitivity_score, 30);
    assert.equal(dueIn(sha256), null);
  });
});

describe('a new revision of policy and engine', () => {
  it('makes every content of an older one stale exactly once', async () => {
    const old = await startFile();
    try {
      const person = await old.person();
      const kept = [];
      for (const name of ['a', 'b', 'c']) kept.push(await person.keep(name, name));
      const [a, b, c] = kept.map(({ sha256 }) => sha256) as [string, string, string];
      const land = async (file: RunningFile, sha256: string, revision: number): Promise<unknown> =>
        (
          await file.post('/results', {
            results: [resultOf({ sha256, revision, score: revision })],
          })
        ).body['outcomes'];
      await land(old, a, 1);
      await land(old, b, 1);
      await old.stop();
      const between = await startFile({ folder: old.folder, issuer: old.issuer });
      between.change(olderPair);
      await between.stop();
      const file = await startFile({ folder: old.folder, issuer: old.issuer });
      try {
        assert.equal((await file.post('/sweep')).body['queued'], 2);
        assert.equal((await file.post('/sweep')).body['queued'], 0);
        const keys = file
          .rows<{ key: string }>('select key from outbox order by seq')
          .map(({ key }) => key);
        const added = keys.slice(3).sort();
        assert.deepEqual(added, [`scan:${a}:2`, `scan:${b}:2`].sort());
        const before = (await file.call(`/${kept[0]?.id}`, { token: person.token })).body;
        assert.deepEqual([before.status, before.sensitivity_score], ['scored', 1]);
        assert.deepEqual(await land(file, a, 2), ['landed']);
        assert.deepEqual(await land(file, a, 1), ['outdated']);
        assert.deepEqual(await land(file, b, 2), ['landed']);
        assert.deepEqual(await land(file, c, 2), ['landed']);
        assert.equal((await file.post('/sweep')).body['queued'], 0);
        const stale = file.rows('select 1 from contents where revision < 2');
        assert.deepEqual(stale, []);
      } finally {
        await file.stop();
      }
    } finally {
      await old.remove();
    }
  });
});

describe('a sweep over 5,000 scored contents', () => {
  it('queues nothing and changes nothing', async () => {
    const file = await startFile();
    try {
      file.change(`insert into contents (sha256, size, status, score, label, revision)
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 5000)
        select format('%064x', n), 10, 'scored', 0, 'public', 1 from numbers`);
      const [before] = file.rows<{ version: number }>('pragma data_version');
      for (let round = 0; round < 5; round += 1) {
        assert.equal((await file.post('/sweep')).body['queued'], 0);
      }
      assert.deepEqual(file.rows('pragma data_version'), [before]);
      assert.equal(file.rows('select 1 from outbox').length, 0);
    } finally {
      await file.remove();
    }
  });
});

describe('a scan that the broker has given up', () => {
  it('is a failure with its reason, also where a score of an older revision stands', async () => {
    const file = await startFile();
    const settings = testSettings(file.issuer, join(file.folder, 'beat.db'));
    const beat = await startTestBeat(settings);
    let publishing = file;
    try {
      const person = await file.person();
      const fresh = await person.keep('fresh', 'fresh');
      const scored = await person.keep('scored', 'scored');
      const done = resultOf({ sha256: scored.sha256, score: 70, counts: { email: 1 } });
      await file.post('/results', { results: [done] });
      file.change('delete from outbox');
      file.change(olderPair);
      const token = await file.issuer.token({ scopes: ['tasks:publish', 'tasks:lease'] });
      const call = async (path: string, body: unknown): Promise<unknown> => {
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
        const init = { method: 'POST', headers, body: JSON.stringify(body) };
        return (await fetch(`${beat.url}/api/beat${path}`, init)).json();
      };
      const keys = [`scan:${fresh.sha256}:2`, `scan:${scored.sha256}:2`];
      const tasks = keys.map((key) => ({ name: 'scan_content', queue: 'scan', key }));
      await call('/tasks', { tasks });
      const session = crypto.randomUUID();
      const leased = (await call('/leases', {
        worker: 'w',
        session,
        queues: ['scan'],
        limit: 9,
      })) as { tasks: { lease: string }[] };
      assert.equal(leased.tasks.length, 2);
      const settlements = leased.tasks.map(({ lease }) => ({
        lease,
        outcome: 'dead',
        reason: 'it cannot be read',
      }));
      await call('/leases/settle', { settlements });
      // One waits for an answer that will never come, the other's is of an older revision.
      file.change('update contents set due_at = 1 where due_at is not null');
      const { folder, issuer } = file;
      publishing = await startFile({ folder, issuer, broker: beat.url });
      assert.equal((await publishing.post('/sweep')).body['queued'], 2);
      await until('both have failed', async () => {
        const { by_status } = await person.summary();
        return by_status['failed'] === 2;
      });
      for (const [id, score] of [
        [fresh.id, null],
        [scored.id, 70],
      ] as const) {
        const { body } = await person.get(`/${id}`);
        assert.equal(body.status_reason, 'dead_letter: it cannot be read');
        assert.equal(body.sensitivity_score, score);
      }
      assert.equal((await publishing.post('/sweep')).body['queued'], 0);
      // Somebody retries the dead letters, and now it goes well.
      const mended = resultOf({ sha256: scored.sha256, revision: 2, score: 60 });
      const { body } = await file.post('/results', { results: [mended] });
      assert.deepEqual(body['outcomes'], ['landed']);
    } finally {
      await publishing.stop();
      await beat.stop();
      await file.remove();
    }
  });

  it('reaches the broker once it is there again, and the outbox is empty then', async () => {
    const file = await startFile();
    try {
      const person = await file.person();
      for (const name of ['a', 'b', 'c']) await person.keep(name, name);
      assert.equal(file.rows('select 1 from outbox').length, 3);
      const beat = await startTestBeat(testSettings(file.issuer, join(file.folder, 'beat.db')));
      const options = { folder: file.folder, issuer: file.issuer, broker: beat.url };
      const second = await startFile(options);
      await until('the outbox is empty', () => file.rows('select 1 from outbox').length === 0);
      await second.stop();
      await beat.stop();
    } finally {
      await file.remove();
    }
  });
});
