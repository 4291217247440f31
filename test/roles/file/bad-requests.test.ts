import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Person } from './person.ts';
import { openRequest } from './raw-request.ts';
import { resultOf } from './scan-results.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let person: Person;
before(async () => {
  file = await startFile();
  person = await file.person();
  await person.upload([
    ['a.txt', 'a'],
    ['b.txt', 'b'],
    ['c.txt', 'c'],
  ]);
});
after(() => file.remove());

describe('the file role', () => {
  it('answers an unknown path with not_found, and with Allow to an unknown method', async () => {
    const nowhere = await person.get('/a/b/c');
    assert.deepEqual([nowhere.status, nowhere.body.code], [404, 'not_found']);
    assert.equal(nowhere.headers.get('content-type'), 'application/problem+json');
    assert.equal(nowhere.body.request_id, nowhere.headers.get('x-request-id'));
    const methods: [method: string, path: string, allowed: string][] = [
      ['PATCH', '/', 'GET'],
      ['POST', '/summary', 'GET, PUT, DELETE'],
      ['GET', '/x/rescan', 'POST'],
      ['PUT', '/x/content', 'GET'],
    ];
    for (const [method, path, allowed] of methods) {
      const answer = await person.call(path, { method });
      assert.deepEqual([answer.status, answer.body.code], [405, 'method_not_allowed'], path);
      assert.equal(answer.headers.get('allow'), allowed);
    }
  });

  it('refuses a megabyte of headers', async () => {
    const { socket, answer } = await openRequest(file.port, ['GET /api/file/ HTTP/1.1']);
    socket.destroy();
    await assert.rejects(answer);
    const huge = await openRequest(file.port, [
      'GET /api/file/ HTTP/1.1',
      `X-Filler: ${'x'.repeat(1_048_576)}`,
    ]);
    const { status, body } = await huge.answer;
    assert.equal(status, 431);
    assert.equal(JSON.parse(body).code, 'headers_too_large');
  });

  const queries: [path: string, field: string][] = [
    ['/?limit=0', 'query.limit'],
    ['/?limit=1001', 'query.limit'],
    ['/?limit=abc', 'query.limit'],
    ['/?limit=', 'query.limit'],
    ['/?limit=1.5', 'query.limit'],
    ['/?sort=size', 'query.sort'],
    ['/?label=secret', 'query.label'],
    ['/?status=done', 'query.status'],
    ['/?type=Credit%20Card', 'query.type'],
    ['/?type=%27%20or%201=1', 'query.type'],
    ['/?min_score=101', 'query.min_score'],
    ['/?q=', 'query.q'],
    [`/?q=${'x'.repeat(201)}`, 'query.q'],
    [`/?username=${'x'.repeat(321)}`, 'query.username'],
    [`/?cursor=${'x'.repeat(12_001)}`, 'query.cursor'],
  ];
  for (const [path, field] of queries) {
    it(`names ${field} as what is wrong with ${path.slice(0, 30)}`, async () => {
      const { status, body } = await person.get(path);
      assert.deepEqual([status, body.code], [400, 'invalid_request']);
      assert.deepEqual(
        body.errors.map((error) => error.field),
        [field],
      );
    });
  }

  it('refuses `if_exists` and Idempotency-Key that fit no schema, and keeps nothing', async () => {
    const list = (await person.get('/')).text;
    const key = { 'Idempotency-Key': 'x'.repeat(256) };
    const answers: [Awaited<ReturnType<Person['put']>>, string][] = [
      [await person.upload([['n', 'x']], { query: '?if_exists=banana' }), 'query.if_exists'],
      [await person.put('n', 'x', { query: '?if_exists=banana' }), 'query.if_exists'],
      [await person.upload([['n', 'x']], { headers: key }), 'header.idempotency-key'],
      [await person.put('n', 'x', { headers: key }), 'header.idempotency-key'],
    ];
    for (const [{ status, body }, field] of answers) {
      assert.deepEqual([status, body.code, body.errors[0]?.field], [400, 'invalid_request', field]);
    }
    assert.equal((await person.get('/')).text, list);
  });

  it('takes a cursor only for the list it was made for, and only whole', async () => {
    const other = await file.person();
    for (const name of ['x', 'y']) await other.keep(name, name);
    const link = (await person.get('/?limit=1')).headers.get('link') ?? '';
    const cursor = /cursor=([^&>]+)/.exec(link)?.[1] ?? '';
    assert.equal((await person.get(`/?limit=1&cursor=${cursor}`)).status, 200);
    assert.equal((await person.get(`/?limit=7&cursor=${cursor}`)).list.length, 2);
    const bad = [
      `sort=name&cursor=${cursor}`,
      `sort=created&cursor=${cursor}`,
      `status=pending&cursor=${cursor}`,
      `q=a&cursor=${cursor}`,
      `min_score=0&cursor=${cursor}`,
      'cursor=',
      'cursor=.',
      `cursor=.${cursor}`,
      `cursor=${cursor}.`,
      `cursor=${cursor}%20`,
      `cursor=${'A'.repeat(100)}`,
    ];
    for (let cut = 1; cut < cursor.length; cut += 7) bad.push(`cursor=${cursor.slice(0, -cut)}`);
    for (let at = 0; at < cursor.length; at += 1) {
      const flipped = cursor[at] === 'A' ? 'B' : 'A';
      bad.push(`cursor=${cursor.slice(0, at)}${flipped}${cursor.slice(at + 1)}`);
    }
    for (const query of bad) {
      const { status, body } = await person.get(`/?${query}`);
      assert.deepEqual([status, body.code], [400, 'invalid_cursor'], query);
    }
    assert.equal((await other.get(`/?cursor=${cursor}`)).body.code, 'invalid_cursor');
  });

  const hash = 'a'.repeat(64);
  const good = resultOf({ sha256: hash, counts: { email: 2 } });
  const document = good['document'] as { report: Record<string, unknown> };
  const withDocument = (changes: Record<string, unknown>): unknown => ({
    results: [{ ...good, document: { ...document, ...changes } }],
  });
  const withReport = (changes: Record<string, unknown>): unknown =>
    withDocument({ report: { ...document.report, ...changes } });
  const bodies: [name: string, path: string, body: unknown][] = [
    ['broken JSON', '/results', '{"results": ['],
    ['no JSON', '/progress', 'sha256=x'],
    ['no results', '/results', {}],
    ['an empty list', '/results', { results: [] }],
    ['too many', '/results', { results: Array(101).fill(good) }],
    ['a hash that is none', '/results', { results: [{ ...good, sha256: '../../etc/passwd' }] }],
    ['a revision that is none', '/results', { results: [{ ...good, revision: 1.5 }] }],
    ['a status in between', '/results', withDocument({ status: 'pending' })],
    ['a score without a report', '/results', withDocument({ report: null })],
    ['a failure with a report', '/results', withDocument({ status: 'failed' })],
    ['a score over 100', '/results', withReport({ score: 101 })],
    ['no score', '/results', withReport({ score: undefined })],
    ['an unknown label', '/results', withReport({ label: 'secret' })],
    ['counts below zero', '/results', withReport({ counts: { email: -1 } })],
    ['findings that are none', '/results', withReport({ findings: [{ type: 'email' }] })],
    ['a hash in capitals', '/progress', { sha256: hash.toUpperCase(), bytes_read: 1 }],
    ['bytes below zero', '/progress', { sha256: hash, bytes_read: -1 }],
  ];
  for (const [name, path, body] of bodies) {
    it(`refuses ${name} at ${path}`, async () => {
      const answer = await file.call(path, {
        method: 'POST',
        token: file.service,
        headers: { 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_request']);
    });
  }

  it('refuses a body for services of another content type', async () => {
    const body = JSON.stringify({ results: [good] });
    const init = { method: 'POST', token: file.service, body };
    const answer = await file.call('/results', init);
    assert.ok([400, 415].includes(answer.status), answer.text);
  });

  it('finds nothing by what would be SQL', async () => {
    const admin = await file.person('admin');
    const texts = [
      "' or '1'='1",
      '"; drop table files; --',
      '% _',
      '* NEAR("',
      'a.txt" OR "b',
      '\0',
    ];
    for (const text of texts) {
      for (const name of ['q', 'username']) {
        const answer = await admin.get(`/?${new URLSearchParams({ [name]: text })}`);
        if (name === 'username' && text === '\0') assert.equal(answer.status, 400);
        else assert.deepEqual([answer.status, answer.list], [200, []], `${name}=${text}`);
      }
    }
    assert.ok((await admin.get('/')).list.length > 0);
  });
});
