import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../broker/until.ts';
import { EventStream } from '../../support/event-stream.ts';
import type { Person } from './person.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
const streams: EventStream[] = [];
before(async () => {
  file = await startFile();
});
after(async () => {
  for (const stream of streams) await stream.close();
  await file.remove();
});

async function watch(
  person: Person,
  lastEventId?: string,
  url: string = file.url,
): Promise<EventStream> {
  const headers: Record<string, string> = {};
  if (lastEventId !== undefined) headers['Last-Event-ID'] = lastEventId;
  const stream = await EventStream.open(url, person.token, headers);
  streams.push(stream);
  // The answer's head comes before the stream watches: what it tells of first shows that it does.
  await untilWatching(stream, person);
  return stream;
}

/** Uploads until the stream tells of it; what it told of so far stays. */
async function untilWatching(stream: EventStream, person: Person): Promise<void> {
  for (let number = 0; ; number += 1) {
    const { id } = await person.keep('watching', String(number));
    const end = performance.now() + 500;
    while (performance.now() < end) {
      if (stream.find('status', { id })) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

const seen = (stream: EventStream, event: string, fields: Record<string, unknown>) =>
  until(`${event} ${JSON.stringify(fields)}`, () => stream.find(event, fields) !== undefined);

describe('the events', () => {
  it('tell of one’s own files what happens to them, and nothing of others', async () => {
    const [mine, theirs] = [await file.person(), await file.person()];
    const stream = await watch(mine);
    const other = await theirs.keep('theirs', 'theirs');
    const { id, sha256 } = await mine.keep('mine', 'mine');
    await seen(stream, 'status', { id, status: 'pending', sensitivity_score: null });
    await file.post('/progress', { sha256, bytes_read: 2 });
    await seen(stream, 'status', { id, status: 'scanning' });
    await seen(stream, 'progress', { id, bytes_read: 2, filesize: 4 });
    await file.post('/results', { results: [resultOf({ sha256, score: 80 })] });
    await seen(stream, 'status', {
      id,
      status: 'scored',
      sensitivity_score: 80,
      label: 'restricted',
      status_reason: null,
    });
    await mine.call(`/${id}`, { method: 'DELETE' });
    await seen(stream, 'deleted', { id });
    assert.ok(stream.events.every(({ data }) => data['id'] !== other.id));
    assert.equal(stream.response.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.response.headers.get('cache-control'), 'no-cache');
  });

  it('of everybody’s files are an admin’s and an auditor’s', async () => {
    const person = await file.person();
    for (const role of ['admin', 'auditor'] as const) {
      const stream = await watch(await file.person(role));
      const { id } = await person.keep(role, role);
      await seen(stream, 'status', { id, status: 'pending' });
    }
  });

  it('go on after Last-Event-ID without loss and without a double', async () => {
    const person = await file.person();
    const first = await watch(person);
    const { id } = await person.keep('n', '0');
    await seen(first, 'status', { id });
    const last = first.events.at(-1)?.id ?? '';
    await first.close();
    const missed = [];
    for (let number = 1; number <= 30; number += 1) {
      missed.push(await person.keep('n', String(number)));
    }
    const uploads = (async () => {
      for (let number = 31; number <= 60; number += 1) {
        missed.push(await person.keep('n', String(number)));
      }
    })();
    const second = await watch(person, last);
    await uploads;
    await seen(second, 'status', { id: missed.at(-1)?.id });
    const expected = missed.map((one) => one.id);
    const told = second.events.map(({ data }) => String(data['id']));
    assert.deepEqual(
      told.filter((one) => expected.includes(one)),
      expected,
    );
    const numbers = second.events.map((event) => Number(event.id));
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].toSorted((a, b) => a - b),
    );
    assert.ok(numbers.every((number) => number > Number(last)));
  });

  it('go on after a number however many were missed', async () => {
    const person = await file.person();
    await person.keep('n', 'n');
    const [owner] = file.rows<{ owner: number }>(
      'select owner from owners where subject = ?',
      person.subject,
    );
    const [last] = file.rows<{ seq: number }>('select max(seq) as seq from events');
    file.change(
      `insert into events (owner, kind, body, at)
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 2500)
        select ?, 'status', json_object('number', n), ? from numbers`,
      owner?.owner,
      Date.now(),
    );
    const stream = await watch(person, String(last?.seq));
    const numbers = stream.events.map(({ data }) => data['number']).filter(Boolean);
    assert.deepEqual(
      numbers,
      Array.from({ length: 2_500 }, (_, at) => at + 1),
    );
  });

  for (const number of ['x', '', '-1', '1.5', '99999999', '9'.repeat(40)]) {
    it(`begin now when Last-Event-ID is "${number}"`, async () => {
      const person = await file.person();
      const { id } = await person.keep('before', 'before');
      const stream = await watch(person, number);
      assert.equal(stream.find('status', { id }), undefined);
    });
  }

  it('of another process on the same database come as well', async () => {
    const second = await startFile({ folder: file.folder, issuer: file.issuer });
    try {
      const person = await file.person();
      const stream = await watch(person);
      const answer = await second.call('/from-second', {
        method: 'PUT',
        token: person.token,
        body: 'x',
      });
      await seen(stream, 'status', { id: answer.body.id });
      const other = await watch(person, undefined, second.url);
      const { id } = await person.keep('from-first', 'y');
      await seen(other, 'status', { id });
    } finally {
      await second.stop();
    }
  });

  it('end when the role stops', async () => {
    const second = await startFile({ folder: file.folder, issuer: file.issuer });
    const person = await file.person();
    const stream = await watch(person, undefined, second.url);
    const start = performance.now();
    await second.stop();
    await stream.ended;
    assert.ok(performance.now() - start < 5_000);
  });

  it('cost nothing while nobody watches, and older than an hour they go', async () => {
    file.change('update events set at = ? where seq % 2 = 0', Date.now() - 3_700_000);
    const [old] = file.rows<{ old: number }>(
      'select count(*) as old from events where at < ?',
      Date.now() - 3_600_000,
    );
    const { body } = await file.post('/purge');
    assert.equal(body['events'], old?.old);
    const metrics = await (await fetch(`${file.url}/metrics`)).text();
    assert.match(metrics, /sensitivity_event_watchers/);
  });
});
