import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDecoding } from '../../src/documents/decode-text.ts';
import { multiByteEncodings } from '../../src/documents/multi-byte-encodings.ts';
import { collectParts } from './collect-parts.ts';
import { encodeLegacy } from './encode-legacy.ts';

interface Decoded {
  text: string;
  encoding: string;
  undecodable: number;
  /** The source bytes of a stretch of the text, by its place. */
  sourceOf(part: string): Buffer;
}

function decode(source: Buffer, chunkBytes: number, declared?: string): Decoded {
  const pieces: Buffer[] = [];
  const decoding = new TextDecoding(new Uint8Array(source.subarray(0, 4_096)), {
    sink: (text) => pieces.push(Buffer.from(text)),
    keepBytes: 10_000_000,
    declared,
  });
  for (let at = 0; at < source.length; at += chunkBytes) {
    decoding.push(new Uint8Array(source.subarray(at, at + chunkBytes)));
  }
  decoding.finish();
  const text = Buffer.concat(pieces);
  const { encoding, undecodable } = decoding;
  const sourceOf = (part: string): Buffer => {
    const place = decoding.mapPlace({
      offset: text.lastIndexOf(part),
      length: Buffer.byteLength(part),
      line: 1,
      column: 1,
    });
    return source.subarray(place.offset, place.offset + place.length);
  };
  return { text: text.toString(), encoding, undecodable, sourceOf };
}

const utf32 = (text: string, bigEndian: boolean): Buffer => {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(codes.length * 4);
  codes.forEach((code, n) => {
    if (bigEndian) bytes.writeUInt32BE(code, n * 4);
    else bytes.writeUInt32LE(code, n * 4);
  });
  return bytes;
};

const japanese = '契約書の内容について、秘密保持義務を負うものとします。番号 4532 0151';
const russian = 'Настоящий договор составлен в двух экземплярах, номер 4532';
const ascii = 'lorem ipsum, dolor.\n'.repeat(2_000);

const cases: [name: string, encoding: string, text: string, part: string][] = [
  ['Shift-JIS', 'shift_jis', `${japanese.repeat(500)}末尾の番号`, '末尾の番号'],
  ['EUC-JP', 'euc-jp', `${japanese.repeat(500)}末尾の番号`, '末尾の番号'],
  ['GB18030', 'gb18030', `${'本合同一式两份，双方各执一份。'.repeat(900)}号码123`, '号码123'],
  ['Big5', 'big5', `${'本合約一式兩份，雙方各執一份。'.repeat(900)}號碼123`, '號碼123'],
  ['EUC-KR', 'euc-kr', `${'고객의 개인 정보는 공개하지 않습니다. '.repeat(700)}번호 1`, '번호 1'],
  ['Windows-1251', 'windows-1251', `${russian.repeat(500)} конец`, 'конец'],
  ['Shift-JIS deep in ASCII', 'shift_jis', `${ascii}${japanese}末尾の番号`, '末尾の番号'],
  ['Windows-1251 deep in ASCII', 'windows-1251', `${ascii}${russian} конец`, 'конец'],
  ['Windows-1251 around ASCII', 'windows-1251', `${russian}${ascii} конец`, 'конец'],
];

describe('TextDecoding of encodings that are no Unicode', () => {
  for (const [name, encoding, text, part] of cases) {
    const source = encodeLegacy(text, encoding);
    for (const chunkBytes of [1, 7, 5_000, 1_000_000]) {
      it(`decodes ${name} in chunks of ${chunkBytes} bytes and places it exactly`, () => {
        const decoded = decode(source, chunkBytes);
        assert.equal(decoded.text, text);
        assert.ok(decoded.encoding.endsWith(encoding), decoded.encoding);
        assert.equal(decoded.undecodable, 0);
        assert.deepEqual(decoded.sourceOf(part), encodeLegacy(part, encoding));
      });
    }
  }

  for (const bigEndian of [false, true]) {
    it(`decodes UTF-32 ${bigEndian ? 'BE' : 'LE'} with its mark`, () => {
      const source = utf32('\ufeffGrüße 😀 4532', bigEndian);
      const decoded = decode(source, 3);
      assert.equal(decoded.text, 'Grüße 😀 4532');
      assert.equal(decoded.encoding, bigEndian ? 'utf-32be' : 'utf-32le');
      assert.deepEqual(decoded.sourceOf('😀 4'), utf32('😀 4', bigEndian));
    });
  }

  it('tells what is no character and half a unit in UTF-32', () => {
    const source = Buffer.concat([utf32('\ufeffabcdefgh', false).fill(0xff, 32, 36), Buffer.of(1)]);
    const whole = Buffer.concat([utf32('\ufeffabcd'.padEnd(5_000), false), source.subarray(32)]);
    const decoded = decode(whole, 100);
    assert.deepEqual(
      [decoded.text.trim(), decoded.undecodable],
      [`${'abcd'.padEnd(4_999)}\ufffd\ufffd`, 5],
    );
  });

  it('comes back to UTF-8 when a file does', () => {
    const source = Buffer.concat([
      encodeLegacy(russian.repeat(300), 'windows-1251'),
      Buffer.from('文書を読む '.repeat(2_000)),
    ]);
    const { encoding, text } = decode(source, 999);
    assert.equal(encoding, 'utf-8+windows-1251');
    assert.ok(text.endsWith('文書を読む '));
  });

  it('takes the encoding a text tells of itself', () => {
    const source = encodeLegacy('żółw', 'iso-8859-2');
    assert.equal(decode(source, 2, 'latin2').text, 'żółw');
    assert.equal(decode(Buffer.from('żółw'), 2, 'latin2').text, 'żółw');
    assert.equal(decode(source, 2, 'no-such-encoding').encoding, 'windows-1252');
    assert.equal(decode(Buffer.from('żółw', 'utf16le'), 2, 'utf-16le').text, 'żółw');
  });

  it('takes the encoding of an XML declaration', async () => {
    const xml = `<?xml version="1.0" encoding='ISO-8859-5'?><имя>Ж</имя>`;
    const document = await collectParts(encodeLegacy(xml, 'iso-8859-5'));
    assert.equal(document.text, xml);
    assert.equal(document.encoding, 'iso-8859-5');
  });

  it('places exactly in any bytes of any encoding', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...multiByteEncodings, 'windows-1251', 'iso-2022-jp'),
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (encoding, bytes, chunkBytes) => {
          const source = Buffer.concat([
            Buffer.from('\x1b\n'),
            bytes,
            Buffer.from('\n\x1b(B\n<end>'),
          ]);
          const decoded = decode(source, chunkBytes, encoding);
          assert.equal(decoded.text, decode(source, 1_000, encoding).text);
          if (decoded.encoding === encoding) {
            assert.equal(decoded.sourceOf('<end>').toString(), '<end>');
          }
        },
      ),
    );
  });
});
