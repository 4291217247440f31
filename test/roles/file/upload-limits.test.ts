import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { until } from '../../broker/until.ts';
import type { Person } from './person.ts';
import { openRequest, partOf } from './raw-request.ts';
import { type RunningFile, startFile } from './start-file.ts';

const most = 400_000;
const quota = 1_000_000;

let file: RunningFile;
before(async () => {
  file = await startFile({ limits: { maxUploadBytes: most, quotaBytes: quota } });
});
after(() => file.remove());

const fill = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from(randomBytes(size));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whether a person has nothing, and nothing is on the disk but known contents. */
async function isUntouched(person: Person): Promise<void> {
  assert.deepEqual(file.incoming(), []);
  assert.equal((await person.summary()).files, 0);
  const known = file.rows<{ sha256: string }>('select sha256 from contents');
  assert.deepEqual(file.contents().sort(), known.map((row) => row.sha256).sort());
}

/** A body that tells no length before it ends. */
function chunked(size: number): ReadableStream<Uint8Array> {
  let left = size;
  return new ReadableStream({
    pull: (controller) => {
      const chunk = fill(Math.min(left, 65_536));
      left -= chunk.length;
      controller.enqueue(chunk);
      if (left === 0) controller.close();
    },
  });
}

describe('an upload over a limit', () => {
  it('of the largest size is refused however it comes, and the largest itself is kept', async () => {
    const person = await file.person();
    const large = fill(most + 1);
    const stream = { duplex: 'half' } as const;
    const answers = [
      await person.put('n', large),
      await person.upload([['n', large]]),
      await person.upload([
        ['first', fill(100)],
        ['second', large],
        ['third', fill(100_000)],
      ]),
      await person.call('/n', { method: 'PUT', body: chunked(most * 3), ...stream }),
    ];
    for (const { status, body } of answers) {
      assert.deepEqual([status, body.code], [413, 'file_too_large']);
    }
    await isUntouched(person);
    assert.equal((await person.put('n', fill(most))).status, 201);
    const metrics = await (await fetch(`${file.url}/metrics`)).text();
    assert.match(metrics, /sensitivity_uploads_total\{outcome="file_too_large"[^}]*\} 4\n/);
    assert.match(metrics, /sensitivity_uploads_total\{outcome="kept"[^}]*\} 1\n/);
  });

  it('of the quota is refused, all versions counted, until something is deleted', async () => {
    const person = await file.person();
    assert.equal((await person.put('n', fill(400_000))).status, 201);
    assert.equal((await person.put('n', fill(400_000))).status, 201);
    const last = fill(300_000);
    for (const answer of [
      await person.put('m', last),
      await person.upload([
        ['a', fill(100_000)],
        ['b', fill(150_000)],
      ]),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [507, 'quota_exceeded']);
    }
    assert.ok(!file.holds(sha256(last)), 'the bytes are gone');
    assert.deepEqual(file.incoming(), []);
    const [current] = (await person.get('/')).list;
    const versions = (await person.get(`/${current?.id}/versions`)).list;
    await person.call(`/${versions[1]?.id}`, { method: 'DELETE' });
    assert.equal((await person.put('m', last)).status, 201);
    const held = file.rows<{ used_bytes: number }>(
      'select used_bytes from owners where subject = ?',
      person.subject,
    );
    assert.deepEqual(held, [{ used_bytes: 700_000 }]);
  });

  it('of the disk is refused before a byte of it is read', async () => {
    const full = await startFile({ limits: { freeDiskFloorBytes: Number.MAX_SAFE_INTEGER } });
    try {
      const person = await full.person();
      for (const answer of [await person.put('n', 'x'), await person.upload([['n', 'x']])]) {
        assert.deepEqual([answer.status, answer.body.code], [507, 'storage_full']);
      }
      assert.deepEqual([full.incoming(), full.contents()], [[], []]);
    } finally {
      await full.remove();
    }
  });
});

describe('a client that breaks off in mid-body', () => {
  const multipart = [
    'POST /api/file/upload HTTP/1.1',
    'Content-Type: multipart/form-data; boundary=b',
    'Content-Length: 300000',
  ];
  const first = partOf('form-data; name="file"; filename="whole"', 'x');
  const second = partOf('form-data; name="file"; filename="cut"', 'y'.repeat(70_000));
  const bodies: [name: string, lines: string[], body: string][] = [
    ['a PUT', ['PUT /api/file/n HTTP/1.1', 'Content-Length: 399999'], 'x'.repeat(300_000)],
    [
      'a PUT in chunks',
      ['PUT /api/file/n HTTP/1.1', 'Transfer-Encoding: chunked'],
      '5\r\nhello\r\n',
    ],
    ['a form in its first file', multipart, second.slice(0, 60_000)],
    ['a form in its second file', multipart, first + second.slice(0, 60_000)],
    ['a form between two files', multipart, first + second],
    ['a form in a header', multipart, `${first}--b\r\nContent-Disp`],
    ['a form before anything', multipart, ''],
  ];
  for (const [name, lines, body] of bodies) {
    it(`of ${name} leaves nothing behind`, async () => {
      const person = await file.person();
      const authorization = `Authorization: Bearer ${person.token}`;
      const { socket } = await openRequest(file.port, [...lines, authorization]);
      socket.write(body);
      // As much as this shows on the disk; of less it is enough that it was sent before.
      if (body.length > 262_144) await until('it arrives', () => file.incoming().length > 0);
      await person.get('/summary');
      socket.resetAndDestroy();
      await until('nothing is left', () => file.incoming().length === 0);
      await isUntouched(person);
    });
  }

  it('gives its place back, also when it was still waiting for one', async () => {
    const narrow = await startFile({ limits: { maxUploadsAtOnce: 1 } });
    try {
      const person = await narrow.person();
      const lines = [...multipart, `Authorization: Bearer ${person.token}`];
      const under = await openRequest(narrow.port, lines);
      under.socket.write(second.slice(0, 1_000));
      const waiting = await openRequest(narrow.port, lines);
      waiting.socket.write(second.slice(0, 1_000));
      await person.get('/summary');
      waiting.socket.resetAndDestroy();
      await person.get('/summary');
      under.socket.resetAndDestroy();
      assert.equal((await person.put('n', 'x')).status, 201);
      assert.equal((await person.upload([['m', 'x']])).status, 201);
      assert.deepEqual(narrow.incoming(), []);
    } finally {
      await narrow.remove();
    }
  });

  it('is told to come back when too many wait already', async () => {
    const narrow = await startFile({ limits: { maxUploadsAtOnce: 1 } });
    try {
      const person = await narrow.person();
      const lines = [...multipart, `Authorization: Bearer ${person.token}`];
      const held = await openRequest(narrow.port, lines);
      const uploads = Array.from({ length: 12 }, (_, number) => person.put(`n${number}`, 'x'));
      const firstRefused = await Promise.race(uploads.map(async (upload) => await upload));
      assert.deepEqual([firstRefused.status, firstRefused.body.code], [503, 'unavailable']);
      assert.equal(firstRefused.headers.get('retry-after'), '1');
      held.socket.resetAndDestroy();
      const statuses = (await Promise.all(uploads)).map(({ status }) => status);
      assert.ok(statuses.filter((status) => status === 201).length >= 8);
    } finally {
      await narrow.remove();
    }
  });
});
