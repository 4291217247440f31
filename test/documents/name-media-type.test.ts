import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { promisedMediaType } from '../../src/documents/name-media-type.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('promisedMediaType()', () => {
  for (const [name, mediaType, promised] of [
    ['a.pdf', 'application/pdf', undefined],
    ['a.PDF', 'application/zip', 'application/pdf'],
    ['holiday.jpg', docx, 'image/jpeg'],
    ['holiday.jpg', 'image/png', 'image/jpeg'],
    ['notes.txt', 'application/json', undefined],
    ['page.html', 'text/plain', undefined],
    ['data.json', 'application/x-executable', 'application/json'],
    ['letter.doc', 'application/x-ole-storage', undefined],
    ['letter.doc', 'application/rtf', 'application/msword'],
    ['letter.docx', 'application/x-ole-storage', docx],
    ['all.zip', docx, undefined],
    ['all.tgz', 'application/gzip', undefined],
    ['what.pdf', 'application/octet-stream', undefined],
    ['no ending', 'application/pdf', undefined],
    ['Makefile.constructor', 'application/pdf', undefined],
    ['.pdf', 'text/plain', 'application/pdf'],
    ['', 'text/plain', undefined],
  ] as const) {
    it(`finds that ${JSON.stringify(name)} with ${mediaType} promises ${promised}`, () => {
      assert.equal(promisedMediaType(name, mediaType), promised);
    });
  }
});
