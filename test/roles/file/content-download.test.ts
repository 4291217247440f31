import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { parseRange } from '../../../src/roles/file/routes/parse-range.ts';
import type { FileBody, Person } from './person.ts';
import { type RunningFile, startFile } from './start-file.ts';

const text = '0123456789';

let file: RunningFile;
let person: Person;
let kept: FileBody;
let empty: FileBody;
before(async () => {
  file = await startFile();
  person = await file.person();
  kept = await person.keep('digits.html', text);
  empty = await person.keep('empty', '');
});
after(() => file.remove());

describe('the content of a file', () => {
  const ranges: [header: string, status: number, content: string, range: string | null][] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-4', 206, '4', 'bytes 4-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=7-99', 206, '789', 'bytes 7-9/10'],
    ['bytes=0-99999999999999999999999', 206, text, 'bytes 0-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, text, 'bytes 0-9/10'],
    ['Bytes=1-2', 206, '12', 'bytes 1-2/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=10-12', 416, '', 'bytes */10'],
    ['bytes=99999999999999999999999-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=0-1,3-4', 200, text, null],
    ['bytes=5-4', 200, text, null],
    ['bytes=-', 200, text, null],
    ['bytes=a-b', 200, text, null],
    ['bytes=--1', 200, text, null],
    ['bytes=1.5-2', 200, text, null],
    ['bytes 0-3', 200, text, null],
    ['lines=0-3', 200, text, null],
  ];
  for (const [header, status, content, range] of ranges) {
    it(`answers Range: ${header} with ${status}`, async () => {
      const headers = { Range: header };
      const answer = await person.call(`/${kept.id}/content`, { headers });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('content-range'), range);
      if (status === 416) assert.equal(answer.body.code, 'range_not_satisfiable');
      else {
        assert.equal(answer.text, content);
        assert.equal(answer.headers.get('content-length'), String(content.length));
      }
    });
  }

  it('of no bytes has no range, and is whole without one', async () => {
    const whole = await person.get(`/${empty.id}/content`);
    assert.deepEqual([whole.status, whole.text], [200, '']);
    assert.equal(whole.headers.get('content-length'), '0');
    for (const header of ['bytes=0-', 'bytes=-1']) {
      const init = { headers: { Range: header } };
      assert.equal((await person.call(`/${empty.id}/content`, init)).status, 416);
    }
  });

  it('is a range only of the version that If-Range names', async () => {
    const etag = `"${kept.sha256}"`;
    const cases: [ifRange: string, status: number][] = [
      [etag, 206],
      [`W/${etag}`, 200],
      ['"other"', 200],
      ['Wed, 21 Oct 2026 07:28:00 GMT', 200],
    ];
    for (const [ifRange, status] of cases) {
      const headers = { Range: 'bytes=0-0', 'If-Range': ifRange };
      const answer = await person.call(`/${kept.id}/content`, { headers });
      assert.equal(answer.status, status, ifRange);
    }
  });

  it('is not sent again to who has it', async () => {
    const etag = `"${kept.sha256}"`;
    const cases: [ifNoneMatch: string, status: number][] = [
      [etag, 304],
      [`W/${etag}`, 304],
      [`"other", ${etag}`, 304],
      ['*', 304],
      ['"other"', 200],
      [kept.sha256, 200],
    ];
    for (const [ifNoneMatch, status] of cases) {
      const headers = { 'If-None-Match': ifNoneMatch, Range: 'bytes=0-99' };
      const answer = await person.call(`/${kept.id}/content`, { headers });
      assert.equal(answer.status, status === 200 ? 206 : status, ifNoneMatch);
      assert.equal(answer.headers.get('etag'), etag);
      if (status === 304) assert.equal(answer.text, '');
    }
  });

  it('is always an attachment of no type, whatever was uploaded', async () => {
    const html = await person.put('page.html', '<script>alert(1)</script>', {
      headers: { 'Content-Type': 'text/html' },
    });
    assert.equal(html.body.media_type, 'text/html');
    for (const init of [{}, { headers: { Range: 'bytes=0-1' } }, { method: 'HEAD' }]) {
      const { headers } = await person.call(`/${html.body.id}/content`, init);
      assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="page.html"/);
      assert.equal(headers.get('content-type'), 'application/octet-stream');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.match(headers.get('cache-control') ?? '', /private/);
      assert.equal(headers.get('accept-ranges'), 'bytes');
    }
  });

  it('leaves an audit row when an admin reads it, and none when its owner does', async () => {
    const other = await person.keep('audited', 'x');
    const admin = await file.person('admin');
    await person.get(`/${other.id}/content`);
    const answer = await admin.get(`/${other.id}/content`);
    assert.equal(answer.status, 200);
    const rows = file.rows<Record<string, unknown>>(
      'select actor, action, target, request_id from audit where target = ?',
      other.id,
    );
    const request_id = answer.headers.get('x-request-id');
    const row = { actor: admin.subject, action: 'read_content', target: other.id, request_id };
    assert.deepEqual(rows, [row]);
  });

  it('is no auditor’s to read, but what was found in it is', async () => {
    const auditor = await file.person('auditor');
    assert.equal((await auditor.get(`/${kept.id}/content`)).status, 404);
    assert.equal((await auditor.get(`/${kept.id}/findings`)).status, 200);
    assert.equal((await auditor.get(`/${kept.id}`)).body.filename, 'digits.html');
  });

  it('streams to workers by its hash', async () => {
    for (const { sha256, filesize } of [kept, empty]) {
      const answer = await file.call(`/contents/${sha256}`, { token: file.service });
      assert.equal(answer.status, 200);
      assert.equal(answer.text, filesize === 0 ? '' : text);
      assert.equal(answer.headers.get('content-length'), String(filesize));
    }
    const unknown = await file.call(`/contents/${'0'.repeat(64)}`, { token: file.service });
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'not_found']);
    for (const name of ['x', '..%2f..%2ffile.db', 'F'.repeat(64)]) {
      const answer = await file.call(`/contents/${name}`, { token: file.service });
      assert.equal(answer.status, 400);
    }
  });
});

describe('parseRange()', () => {
  it('gives a range within the content, none, or that there can be none', () => {
    const header = fc.oneof(
      fc.tuple(fc.nat(30), fc.nat(30)).map(([first, last]) => `bytes=${first}-${last}`),
      fc.nat(30).map((first) => `bytes=${first}-`),
      fc.nat(30).map((length) => `bytes=-${length}`),
      fc.string(),
    );
    fc.assert(
      fc.property(header, fc.nat(25), (given, size) => {
        const range = parseRange(given, size);
        if (range === undefined || range === 'unsatisfiable') return;
        assert.ok(0 <= range.start && range.start <= range.end && range.end < size);
      }),
    );
  });
});
