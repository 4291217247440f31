import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Person } from './person.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
before(async () => {
  file = await startFile({ limits: { maxUploadBytes: 6_000_000, quotaBytes: 20_000_000 } });
});
after(() => file.remove());

const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const namesOf = async (person: Person): Promise<string[]> =>
  (await person.get('/?sort=name&limit=1000')).list.map(({ filename }) => filename);

describe('an upload', () => {
  it('tells the file as it is: pending, with the hash and the size of its bytes', async () => {
    const person = await file.person();
    const answer = await person.upload([['list.csv', 'a,b\n1,2\n']]);
    const { id, created_time, last_updated_time, ...rest } = answer.body;
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('location'), `/api/file/${id}`);
    assert.deepEqual(rest, {
      username: `${person.subject}@issuer.test`,
      filename: 'list.csv',
      version: 1,
      filesize: 8,
      sha256: sha256('a,b\n1,2\n'),
      media_type: 'application/octet-stream',
      status: 'pending',
      status_reason: null,
      sensitivity_score: null,
      label: null,
      filepath: `/api/file/${id}/content`,
    });
    assert.equal(created_time, last_updated_time);
    assert.ok(Math.abs(Date.parse(created_time) - Date.now()) < 60_000);
  });

  const sizes = [0, 1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 524_288, 5_000_001];
  for (const size of sizes) {
    it(`of ${size} bytes arrives whole at its address, by form and by PUT`, async () => {
      const person = await file.person();
      const bytes = Uint8Array.from(randomBytes(size));
      const other = Uint8Array.from(randomBytes(size));
      const pairs: [Uint8Array<ArrayBuffer>, Awaited<ReturnType<Person['put']>>][] = [
        [bytes, await person.upload([['posted', bytes]])],
        [other, await person.put('put', other)],
      ];
      for (const [sent, { status, body }] of pairs) {
        assert.equal(status, 201);
        assert.deepEqual([body.filesize, body.sha256], [size, sha256(sent)]);
        assert.ok(file.holds(body.sha256));
        const content = await fetch(`${file.url}${body.filepath}`, {
          headers: { Authorization: `Bearer ${person.token}` },
        });
        assert.equal(sha256(new Uint8Array(await content.arrayBuffer())), body.sha256);
      }
      assert.deepEqual(file.incoming(), []);
    });
  }

  it('of several files answers with all of them, in order', async () => {
    const person = await file.person();
    const { status, list } = await person.upload([
      ['b', '1'],
      ['a', '2'],
      ['c', '1'],
    ]);
    assert.equal(status, 201);
    assert.deepEqual(
      list.map(({ filename, sha256: hash }) => [filename, hash]),
      [
        ['b', sha256('1')],
        ['a', sha256('2')],
        ['c', sha256('1')],
      ],
    );
  });

  it('of a name that is there already is a new version, and lists show only the newest', async () => {
    const person = await file.person();
    const versions = [];
    for (const content of ['1', '22', '1']) versions.push(await person.keep('n', content));
    assert.deepEqual(
      versions.map(({ version }) => version),
      [1, 2, 3],
    );
    assert.equal(new Set(versions.map(({ id }) => id)).size, 3);
    const { list } = await person.get('/');
    assert.deepEqual(
      list.map(({ id }) => id),
      [versions[2]?.id],
    );
    for (const { id } of versions) {
      const all = (await person.get(`/${id}/versions`)).list;
      assert.deepEqual(
        all.map(({ version }) => version),
        [3, 2, 1],
      );
    }
    assert.equal((await person.summary()).files, 1);
    assert.equal((await person.get(`/${versions[1]?.id}/content`)).text, '22');
  });

  it('of one name twice in a request is two versions of it', async () => {
    const person = await file.person();
    const { list } = await person.upload([
      ['n', '1'],
      ['n', '2'],
    ]);
    assert.deepEqual(
      list.map(({ version }) => version),
      [1, 2],
    );
    assert.deepEqual(await namesOf(person), ['n']);
  });

  it('with `if_exists=fail` changes nothing when the name is there', async () => {
    const person = await file.person();
    await person.keep('n', 'old');
    const fresh = randomBytes(8).toString('hex');
    const both: [string, string][] = [
      ['other', 'other'],
      ['n', fresh],
    ];
    for (const answer of [
      await person.upload(both, { query: '?if_exists=fail' }),
      await person.put('n', fresh, { query: '?if_exists=fail' }),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [409, 'name_taken']);
    }
    assert.deepEqual(await namesOf(person), ['n']);
    assert.equal((await person.get('/')).list[0]?.version, 1);
    assert.ok(!file.holds(sha256(fresh)), 'the bytes are gone');
    assert.deepEqual(file.incoming(), []);
    const renamed = await person.put('m', fresh, { query: '?if_exists=fail' });
    assert.equal(renamed.status, 201);
  });

  it('whose media type is nonsense is of no type in particular', async () => {
    const person = await file.person();
    const types: [string, string][] = [
      ['text/csv; charset=utf-8', 'text/csv'],
      ['TEXT/PLAIN', 'text/plain'],
      ['banana', 'application/octet-stream'],
      ['', 'application/octet-stream'],
    ];
    for (const [given, kept] of types) {
      const { body } = await person.put('n', 'x', { headers: { 'Content-Type': given } });
      assert.equal(body.media_type, kept, given);
    }
  });
});

describe('Idempotency-Key', () => {
  it('gives the same upload the same files, and queues one scan', async () => {
    const person = await file.person();
    const headers = { 'Idempotency-Key': 'one' };
    const content = randomBytes(8).toString('hex');
    const pair: [string, string][] = [
      ['a', content],
      ['b', content],
    ];
    const answers = await Promise.all([1, 2, 3].map(() => person.upload(pair, { headers })));
    for (const { status, list } of answers) {
      assert.equal(status, 201);
      assert.deepEqual(list, answers[0]?.list);
    }
    assert.deepEqual(await namesOf(person), ['a', 'b']);
    const tasks = file.rows('select 1 from outbox where key like ?', `%${sha256(content)}%`);
    assert.equal(tasks.length, 1);
  });

  it('with another body, name or number of files is refused', async () => {
    const person = await file.person();
    const headers = { 'Idempotency-Key': 'two' };
    assert.equal((await person.put('n', 'x', { headers })).status, 201);
    for (const answer of [
      await person.put('n', 'y', { headers }),
      await person.put('m', 'x', { headers }),
      await person.upload(
        [
          ['n', 'x'],
          ['n', 'x'],
        ],
        { headers },
      ),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [422, 'idempotency_key_reused']);
    }
    assert.ok(!file.holds(sha256('y')));
    assert.equal((await person.get('/')).list[0]?.version, 1);
  });

  it('is each person’s own, and free again after a refusal', async () => {
    const [one, two] = [await file.person(), await file.person()];
    const headers = { 'Idempotency-Key': 'three' };
    const first = await one.put('n', 'x', { headers });
    const second = await two.put('n', 'y', { headers });
    assert.deepEqual([first.status, second.status], [201, 201]);
    const key = { 'Idempotency-Key': 'four' };
    const refused = await one.put('n', 'z', { headers: key, query: '?if_exists=fail' });
    assert.equal(refused.status, 409);
    assert.equal((await one.put('m', 'z', { headers: key })).status, 201);
  });

  it('of files that were deleted since says so', async () => {
    const person = await file.person();
    const headers = { 'Idempotency-Key': 'five' };
    const content = randomBytes(8).toString('hex');
    const { body } = await person.put('n', content, { headers });
    await person.call(`/${body.id}`, { method: 'DELETE' });
    for (const again of [
      await person.put('n', content, { headers }),
      await person.upload([['n', content]], { headers }),
    ]) {
      assert.deepEqual([again.status, again.body.code], [409, 'conflict']);
    }
    assert.ok(!file.holds(sha256(content)));
    assert.equal((await person.get('/')).list.length, 0);
  });
});
