import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
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

const good = partOf('form-data; name="file"; filename="a.txt"', 'hello');
const multipart = 'multipart/form-data; boundary=b';

describe('a malformed upload', () => {
  const text = partOf('form-data; name="file"', 'no file');
  const wrongField = partOf('form-data; name="document"; filename="a.txt"', 'hello');
  const unnamed = partOf('form-data; filename="a.txt"', 'hello');
  const emptyName = partOf('form-data; name="file"; filename=""', 'hello');
  const bytesWithoutName = partOf('form-data; name="file"', 'hello', 'application/octet-stream');
  const noDisposition = '--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n';
  const garbage = '--b\r\n\0\x01 no header at all\r\n:\r\n\r\nhello\r\n';
  const longHeader = `--b\r\nX: ${'x'.repeat(200_000)}\r\n\r\nhello\r\n`;
  const bad: [name: string, type: string, body: string, status: number, code: string][] = [
    ['no boundary', 'multipart/form-data', good, 415, 'unsupported_media_type'],
    ['a boundary without a value', 'multipart/form-data; boundary', good, 400, 'invalid_multipart'],
    [
      'another boundary',
      'multipart/form-data; boundary=c',
      `${good}--b--`,
      400,
      'invalid_multipart',
    ],
    ['no closing boundary', multipart, good, 400, 'invalid_multipart'],
    ['a cut off content', multipart, good.slice(0, -4), 400, 'invalid_multipart'],
    ['a cut off header', multipart, good.slice(0, 30), 400, 'invalid_multipart'],
    ['an empty body', multipart, '', 400, 'invalid_multipart'],
    ['nothing but the end', multipart, '--b--\r\n', 400, 'invalid_request'],
    ['garbage for headers', multipart, `${garbage}--b--`, 400, 'invalid_request'],
    ['a header without end', multipart, `${longHeader}--b--`, 400, 'invalid_request'],
    ['no disposition', multipart, `${noDisposition}--b--`, 400, 'invalid_request'],
    ['text in the field', multipart, `${text}--b--`, 400, 'invalid_request'],
    ['another field', multipart, `${wrongField}--b--`, 400, 'invalid_request'],
    ['a field without a name', multipart, `${unnamed}--b--`, 400, 'invalid_request'],
    [
      'a good file and another field',
      multipart,
      `${good}${wrongField}--b--`,
      400,
      'invalid_request',
    ],
    ['another field and a cut off file', multipart, `${wrongField}${good}`, 400, 'invalid_request'],
    ['an empty name', multipart, `${emptyName}--b--`, 400, 'invalid_request'],
    ['an empty name, cut off', multipart, emptyName, 400, 'invalid_request'],
    ['bytes without a name', multipart, `${bytesWithoutName}--b--`, 400, 'invalid_request'],
    ['101 files', multipart, `${good.repeat(101)}--b--`, 400, 'invalid_multipart'],
    ['JSON', 'application/json', '{}', 415, 'unsupported_media_type'],
    ['a form', 'application/x-www-form-urlencoded', 'file=a', 415, 'unsupported_media_type'],
    [
      'another kind of multipart',
      'multipart/mixed; boundary=b',
      good,
      415,
      'unsupported_media_type',
    ],
    ['no content type', '', `${good}--b--`, 415, 'unsupported_media_type'],
  ];
  for (const [name, type, body, status, code] of bad) {
    it(`with ${name} is ${code} and leaves nothing`, async () => {
      const answer = await postMultipart(file.port, { token: person.token, type, body });
      assert.deepEqual([answer.status, JSON.parse(answer.body).code], [status, code]);
      assert.deepEqual(file.incoming(), []);
      assert.deepEqual(file.contents(), []);
      assert.equal(file.rows('select 1 from files').length, 0);
    });
  }

  it('of any shape is answered and leaves nothing, and the next good one is kept', async () => {
    const template = `${good}${partOf('form-data; name="file"; filename="b"', 'x'.repeat(300))}--b--`;
    const change = fc.record({
      at: fc.nat({ max: template.length - 1 }),
      length: fc.nat({ max: 40 }),
      text: fc.oneof(
        fc.string({ maxLength: 20, unit: 'binary' }),
        fc.constantFrom('\r\n', '--b', '\r\n--b\r\n', '\r\n\r\n', '\0', '"', ';', '\\', '--b--'),
      ),
    });
    const somebody = await file.person();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let body = template;
        for (const { at, length, text } of changes) {
          body = body.slice(0, at) + text + body.slice(at + length);
        }
        const before = (await somebody.summary()).files;
        const answer = await postMultipart(file.port, {
          token: somebody.token,
          type: multipart,
          body,
        });
        assert.ok([201, 400].includes(answer.status), `${answer.status} ${answer.body}`);
        assert.deepEqual(file.incoming(), []);
        const { files } = await somebody.summary();
        if (answer.status === 400) assert.equal(files, before);
        const known = file.rows('select 1 from contents').length;
        assert.equal(file.contents().length, known);
      }),
      { numRuns: 150 },
    );
    const last = await postMultipart(file.port, {
      token: somebody.token,
      type: multipart,
      body: `${good}--b--`,
    });
    assert.equal(last.status, 201);
  });
});
