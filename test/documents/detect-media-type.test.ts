import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { detectMediaType } from '../../src/documents/detect-media-type.ts';
import { makeTar } from './formats/make-tar.ts';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const zip = (entry: string, content = ''): Uint8Array =>
  latin(
    `PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(entry.length)}\0\0\0${entry}${content}PK`,
  );
const office = 'application/vnd.openxmlformats-officedocument';

const cases: [name: string, head: Uint8Array, mediaType: string][] = [
  ['an empty file', latin(''), 'text/plain'],
  ['PDF', latin('%PDF-1.7\n%\xe2\xe3'), 'application/pdf'],
  ['PDF after junk', latin('HTTP/1.1 200 OK\n\n%PDF-1.4\n1 0 obj\n<<'), 'application/pdf'],
  ['a text about PDF', latin('A file begins with %PDF-1.4 and an object.\n'), 'text/plain'],
  ['gzip', gzipSync('x'), 'application/gzip'],
  ['zstd', zstdCompressSync('x'), 'application/zstd'],
  ['bzip2', latin('BZh91AY&SY'), 'application/x-bzip2'],
  ['bzip2 of nothing', latin('BZh9\x17rE8P\x90'), 'application/x-bzip2'],
  ['xz', latin('\xfd7zXZ\0\0'), 'application/x-xz'],
  ['7z', latin("7z\xbc\xaf'\x1c\0"), 'application/x-7z-compressed'],
  ['tar', latin(`${'a.txt'.padEnd(257, '\0')}ustar\x0000`), 'application/x-tar'],
  ['a tar before ustar', makeTar([{ name: 'a.txt', magic: '' }]), 'application/x-tar'],
  ['text that begins like bzip2', latin('BZh9 is how bzip2 begins.\n'), 'text/plain'],
  ['zip', zip('a.txt'), 'application/zip'],
  ['zip with a type that is none', zip('mimetype', 'application/pdf'), 'application/zip'],
  ['an empty zip', latin(`PK\x05\x06${'\0'.repeat(18)}`), 'application/zip'],
  ['docx', zip('word/document.xml'), `${office}.wordprocessingml.document`],
  ['xlsx', zip('xl/workbook.xml'), `${office}.spreadsheetml.sheet`],
  ['pptx', zip('ppt/presentation.xml'), `${office}.presentationml.presentation`],
  [
    'odt',
    zip('mimetype', 'application/vnd.oasis.opendocument.text'),
    'application/vnd.oasis.opendocument.text',
  ],
  ['epub', zip('mimetype', 'application/epub+zip'), 'application/epub+zip'],
  ['jar', zip('META-INF/MANIFEST.MF'), 'application/java-archive'],
  ['doc, xls, ppt, msg', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'application/x-ole-storage'],
  ['Excel 4', latin('\x09\x04\x06\0\0\0\x10\0'), 'application/vnd.ms-excel'],
  ['RTF', latin('{\\rtf1\\ansi'), 'application/rtf'],
  ['SQLite', latin('SQLite format 3\0'), 'application/vnd.sqlite3'],
  ['Parquet', latin('PAR1\x15\x04'), 'application/vnd.apache.parquet'],
  ['ELF', latin('\x7fELF\x02\x01'), 'application/x-executable'],
  ['PNG', latin('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['JPEG', latin('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['GIF', latin('GIF89a'), 'image/gif'],
  ['WebP', latin('RIFF\x10\0\0\0WEBPVP8 '), 'image/webp'],
  ['MP4', latin('\0\0\0\x18ftypisom'), 'video/mp4'],
  ['QuickTime', latin('\0\0\0\x14ftypqt  '), 'video/quicktime'],
  ['HTML', latin('\n<!DOCTYPE html><html>'), 'text/html'],
  ['HTML after comments', latin('<!-- a\n--> <?x?><html lang=en>'), 'text/html'],
  ['XHTML', latin('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C">'), 'text/html'],
  [
    'mail',
    latin('Received: by x\r\n\twith HTTP\r\nX-A: b\r\nSubject: y\r\n\r\nHi'),
    'message/rfc822',
  ],
  ['mail without servers', latin('To: a@b.c\nSubject: y\n\nHi'), 'message/rfc822'],
  ['mail without addresses', latin('From: Jane\nSubject: y\n\nHi'), 'message/rfc822'],
  ['a mailbox', latin('From a@b.c Mon Jun 01 10:00:00 2009\nSubject: y\n'), 'application/mbox'],
  [
    'a mailbox of another date',
    latin('From a@b.c 2009\nFrom: x@y\nSubject: y\n\n'),
    'application/mbox',
  ],
  ['a calendar', latin('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'), 'text/calendar'],
  ['a contact', latin('\xef\xbb\xbfBEGIN:VCARD\nVERSION:2.1\n'), 'text/vcard'],
  [
    'Word 2003 XML',
    latin('<?xml version="1.0"?><w:wordDocument xmlns:w="x">'),
    'application/vnd.ms-wordml',
  ],
  ['TNEF', latin('\x78\x9f\x3e\x22\0\0'), 'application/ms-tnef'],
  ['YAML that looks like mail', latin('from: 2020\nto: 2021\nsubject: rent\n'), 'text/plain'],
  ['a log of requests', latin('Date: today\nContent-Type: text/html\nServer: x\n\n'), 'text/plain'],
  ['prose that begins like a mailbox', latin('From here on\nit is better\n'), 'text/plain'],
  ['XML', latin('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['XML with its mark', latin('\xef\xbb\xbf<?xml version="1.0"?>'), 'application/xml'],
  ['JSON', latin('{"a": [1, 2]}'), 'application/json'],
  ['a JSON list', latin('[\n  {"a": 1}'), 'application/json'],
  ['CSV', latin('name;ssn\nJane;1\nBob;2\n'), 'text/csv'],
  ['CSV with quotes', latin('name,note\n"Doe, J",x\n"Roe, B",y\n'), 'text/csv'],
  ['prose', latin('Dear John, how are you?\nI am fine, thanks.\n'), 'text/plain'],
  ['Windows-1252 prose', latin('caf\xe9 na\xefve\n'), 'text/plain'],
  ['UTF-16 with its mark', latin('\xff\xfea\0b\0'), 'text/plain'],
  ['UTF-16 JSON without a mark', Buffer.from('{"a": 1}', 'utf16le'), 'application/json'],
  ['[section] of an INI file', latin('[server]\nport=1\n'), 'text/plain'],
  ['NULs', latin('abc\0\x01\x02def\x80'), 'application/octet-stream'],
  ['control characters', latin('\x01\x02\x03\x04abc'), 'application/octet-stream'],
  ['UTF-32', latin('\xff\xfe\0\0a\0\0\0'), 'text/plain'],
];

describe('detectMediaType()', () => {
  for (const [name, head, mediaType] of cases) {
    it(`tells ${name} as ${mediaType}`, () => assert.equal(detectMediaType(head), mediaType));
  }

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (head) => void detectMediaType(head)),
    );
  });
});
