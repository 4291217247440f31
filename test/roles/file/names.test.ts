import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { attachment } from '../../../src/roles/file/routes/read-content.ts';
import type { Person } from './person.ts';
import { partOf, postMultipart } from './raw-request.ts';
import { type RunningFile, startFile } from './start-file.ts';

let file: RunningFile;
let person: Person;
before(async () => {
  file = await startFile();
  person = await file.person();
});
after(() => file.remove());

const names = [
  'plain.txt',
  'Räksmörgås, Größe & Straße.txt',
  '機密書類.docx',
  '👩‍👩‍👧 family 🇸🇪.txt',
  'e\u0301 is not \u00e9',
  '\u202egnp.exe',
  '../../etc/passwd',
  '/etc/passwd',
  '..',
  '.',
  'C:\\Windows\\system32\\config',
  'a\r\nSet-Cookie: x=1\r\n\r\n<html>',
  'quote " and \' and ; and \\',
  '"; filename="other.txt',
  "'); drop table files; --",
  '<script>alert(1)</script>',
  'upload',
  'docs',
  'healthcheck',
  '%2e%2e%2f',
  '%22',
  ' leading and trailing ',
  '-rf *',
  '$(reboot) `reboot` | reboot',
  'x'.repeat(255),
  'ä'.repeat(512),
];

/** What a multipart body cannot tell apart, as browsers write it. */
function isAmbiguous(name: string): boolean {
  return /%22|%0d|%0a|\\(?:\\|"|$)/i.test(name);
}

describe('a file’s name', () => {
  for (const name of names) {
    it(`comes back exactly: ${JSON.stringify(name.slice(0, 40))}`, async () => {
      const put = name === '.' || name === '..' ? undefined : await person.put(name, name);
      const posted = isAmbiguous(name) ? undefined : await person.keep(name, name);
      for (const kept of [put?.body, posted]) {
        if (!kept) continue;
        assert.equal(kept.filename, name);
        assert.equal((await person.get(`/${kept.id}`)).body.filename, name);
        const { list } = await person.get(`/?${new URLSearchParams({ q: name.slice(0, 100) })}`);
        assert.ok(
          list.some(({ filename }) => filename === name),
          'the search finds it',
        );
        const content = await person.get(kept.filepath.replace('/api/file', ''));
        assert.equal(content.text, name);
        const disposition = content.headers.get('content-disposition') ?? '';
        assert.equal(nameIn(disposition), name);
        assert.equal(content.headers.get('set-cookie'), null);
      }
    });
  }

  it('may hold a NUL, and is only a label: nothing is written but addresses', async () => {
    const { status, body } = await person.put('a\0b', 'nul');
    assert.deepEqual([status, body.filename], [201, 'a\0b']);
    assert.equal((await person.get(`/${body.id}`)).body.filename, 'a\0b');
    const { list } = await person.get('/?sort=name&limit=1000');
    assert.ok(list.some(({ id }) => id === body.id));
    for (const path of file.contents()) assert.match(path, /^[0-9a-f]{64}$/);
    const databases = ['file.db', 'file.db-shm', 'file.db-wal'];
    assert.deepEqual(readdirSync(file.folder).sort(), ['content', ...databases].sort());
  });

  it('is refused over 1,024 bytes, and when there is none', async () => {
    assert.equal((await person.put('x'.repeat(1_024), '1')).status, 201);
    for (const name of ['x'.repeat(1_025), 'ä'.repeat(513)]) {
      const put = await person.put(name, '1');
      const posted = await person.upload([[name, '1']]);
      for (const { status, body } of [put, posted]) {
        assert.deepEqual([status, body.code], [400, 'invalid_request']);
        assert.equal(body.errors[0]?.field, 'filename');
      }
    }
    assert.equal((await person.put('', '1')).status, 405);
    assert.deepEqual(file.incoming(), []);
  });

  it('that is no UTF-8 is taken as what it can be read as', async () => {
    const head = Buffer.from(partOf('form-data; name="file"; filename="', ''), 'latin1');
    const cut = head.indexOf('filename="') + 'filename="'.length;
    const body = Buffer.concat([
      head.subarray(0, cut),
      Buffer.from([0xff, 0xed, 0xa0, 0x80]),
      Buffer.from('"\r\n\r\nx\r\n--b--'),
    ]);
    const type = 'multipart/form-data; boundary=b';
    const answer = await postMultipart(file.port, { token: person.token, body, type });
    assert.equal(answer.status, 201);
    assert.ok(JSON.parse(answer.body).filename.isWellFormed());
  });

  it('is escaped in Content-Disposition whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (name) => {
        fc.pre(name.isWellFormed());
        const header = attachment(name);
        assert.match(header, /^attachment; filename="[\w .()+-]*"; filename\*=UTF-8''[\w!.~%-]*$/);
        assert.equal(nameIn(header), name);
      }),
    );
  });
});

/** The name that a client reads from the header (RFC 8187). */
function nameIn(disposition: string): string {
  return decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)?.[1] ?? '');
}
