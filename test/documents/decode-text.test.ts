import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDecoding } from '../../src/documents/decode-text.ts';

interface Decoded {
  text: string;
  encoding: string;
  undecodable: number;
  hasNuls: boolean;
  /** The source bytes of a stretch of the text, by its place. */
  sourceOf(part: string): Uint8Array;
}

function decode(source: Uint8Array, chunkBytes = 1_000): Decoded {
  const pieces: Buffer[] = [];
  const decoding = new TextDecoding(source.subarray(0, 4_096), {
    sink: (text) => pieces.push(Buffer.from(text)),
    keepBytes: 10_000_000,
  });
  for (let at = 0; at < source.length; at += chunkBytes) {
    decoding.push(source.subarray(at, at + chunkBytes));
  }
  decoding.finish();
  const text = Buffer.concat(pieces);
  const { encoding, undecodable, hasNuls } = decoding;
  return {
    text: text.toString(),
    encoding,
    undecodable,
    hasNuls,
    sourceOf: (part) => {
      const offset = text.indexOf(part);
      const length = Buffer.byteLength(part);
      const place = decoding.mapPlace({ offset, length, line: 1, column: 1 });
      return source.subarray(place.offset, place.offset + place.length);
    },
  };
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const long = 'lorem ipsum, dolor.\n'.repeat(2_000);
const mixed = `naïve €uro 文書 😀 ${long} Straße 😀 4532`;

const encodings: [name: string, source: Buffer, text: string, encoding: string, part: Buffer][] = [
  ['UTF-8', Buffer.from(mixed), mixed, 'utf-8', Buffer.from('Straße')],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${mixed}`), mixed, 'utf-8', Buffer.from('Straße')],
  [
    'UTF-16 LE with its mark',
    Buffer.from(`\ufeff${mixed}`, 'utf16le'),
    mixed,
    'utf-16le',
    Buffer.from('Straße', 'utf16le'),
  ],
  ['UTF-16 BE with its mark', utf16be(`\ufeff${mixed}`), mixed, 'utf-16be', utf16be('Straße')],
  [
    'UTF-16 LE without a mark',
    Buffer.from(mixed, 'utf16le'),
    mixed,
    'utf-16le',
    Buffer.from('Straße', 'utf16le'),
  ],
  ['UTF-16 BE without a mark', utf16be(mixed), mixed, 'utf-16be', utf16be('Straße')],
  [
    'Windows-1252',
    latin(`na\xefve \x80uro ${long} Stra\xdfe \x93x\x94`),
    `naïve €uro ${long} Straße “x”`,
    'windows-1252',
    latin('Stra\xdfe'),
  ],
  [
    'Windows-1252 that begins deep in ASCII',
    latin(`${long} Stra\xdfe`),
    `${long} Straße`,
    'windows-1252',
    latin('Stra\xdfe'),
  ],
  [
    'Windows-1252 after UTF-8',
    Buffer.concat([Buffer.from(`文書 ${long}`), latin('na\xefve caf\xe9 Stra\xdfe')]),
    `文書 ${long}naïve café Straße`,
    'utf-8+windows-1252',
    latin('Stra\xdfe'),
  ],
];

describe('TextDecoding', () => {
  for (const [name, source, text, encoding, part] of encodings) {
    for (const chunkBytes of [1, 7, 5_000, 1_000_000]) {
      it(`decodes ${name} in chunks of ${chunkBytes} bytes and places it exactly`, () => {
        const decoded = decode(source, chunkBytes);
        assert.equal(decoded.text, text);
        assert.equal(decoded.encoding, encoding);
        assert.equal(decoded.undecodable, 0);
        assert.deepEqual(Buffer.from(decoded.sourceOf('Straße')), part);
      });
    }
  }

  it('replaces what is broken in UTF-8, tells how much, and still places exactly', () => {
    const source = Buffer.concat([
      Buffer.from('文書を読む'),
      latin('\xff\xe6\x96'),
      Buffer.from(' 書類 Straße'),
    ]);
    const decoded = decode(source, 3);
    assert.equal(decoded.text, '文書を読む\ufffd\ufffd 書類 Straße');
    assert.equal(decoded.undecodable, 3);
    assert.equal(Buffer.from(decoded.sourceOf('Straße')).toString(), 'Straße');
  });

  it('comes back to UTF-8 after a stretch of Windows-1252', () => {
    const source = Buffer.concat([
      latin('caf\xe9 '),
      Buffer.from(long),
      Buffer.from('文書 Straße'),
    ]);
    const decoded = decode(source);
    assert.equal(decoded.text, `café ${long}文書 Straße`);
    assert.equal(Buffer.from(decoded.sourceOf('Straße')).toString(), 'Straße');
  });

  it('keeps a marked text as UTF-8 whatever is broken in it', () => {
    const decoded = decode(Buffer.concat([Buffer.from('\ufeffa'), latin('\xe9b')]));
    assert.equal(decoded.text, 'a\ufffdb');
    assert.deepEqual([decoded.encoding, decoded.undecodable], ['utf-8', 1]);
  });

  it('tells lone surrogates and a half unit at the end of UTF-16', () => {
    const source = Buffer.concat([
      Buffer.from('\ufeffa\ud800b Straße', 'utf16le'),
      Buffer.from([0x41]),
    ]);
    const decoded = decode(source, 5);
    assert.equal(decoded.text, 'a\ufffdb Straße\ufffd');
    assert.equal(decoded.undecodable, 3);
    assert.deepEqual(Buffer.from(decoded.sourceOf('Straße')), Buffer.from('Straße', 'utf16le'));
  });

  it('tells bytes that Windows-1252 leaves open, and NULs', () => {
    assert.equal(decode(latin('caf\xe9 \x81')).undecodable, 1);
    assert.equal(decode(Buffer.from(`${'a'.repeat(5_000)}\0b`)).hasNuls, true);
    assert.equal(decode(Buffer.from('abc')).hasNuls, false);
  });

  it('decodes any text of any encoding to itself, in any chunks', () => {
    const unit = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(
        fc.constantFrom('', '\0', 'a\0'),
        unit,
        fc.integer({ min: 1, max: 40 }),
        (first, rest, chunkBytes) => {
          const text = first + rest;
          for (const source of [
            Buffer.from(`\ufeff${text}`),
            Buffer.from(`\ufeff${text}`, 'utf16le'),
            utf16be(`\ufeff${text}`),
          ]) {
            const decoded = decode(source, chunkBytes);
            assert.equal(decoded.text, text.toWellFormed());
          }
        },
      ),
    );
  });

  it('gives the same text for any bytes in any chunks, and never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 40 }),
        (bytes, chunkBytes) => {
          assert.equal(decode(bytes, chunkBytes).text, decode(bytes, 1_000).text);
        },
      ),
    );
  });
});
