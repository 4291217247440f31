import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  decodeAscii85,
  decodeHex,
  decodeRunLengths,
} from '../../../../src/documents/formats/pdf/decode-text-filters.ts';
import { expandLzw } from '../../../../src/documents/formats/pdf/expand-lzw.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const read = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function expand(data: Uint8Array): Buffer {
  const pieces: Buffer[] = [];
  expandLzw(data, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces);
}

/** Codes of nine bits and more, as a writer would give them that clears before it must. */
function packLzw(data: Uint8Array): Buffer {
  let bits = '';
  for (let at = 0; at < data.length; at += 200) {
    bits += (256).toString(2).padStart(9, '0');
    for (const byte of data.subarray(at, at + 200)) bits += byte.toString(2).padStart(9, '0');
  }
  bits += (257).toString(2).padStart(9, '0');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}

describe('filters of PDF', () => {
  it('read hexadecimal up to its end', () => {
    assert.equal(read(decodeHex(latin('48 65\n6c6C 6f>21'))), 'Hello');
  });

  const groups: [encoded: string, text: string][] = [
    ['87cURD]i,"Ebo80~>', 'Hello World!'],
    ['87cUR\nD]i,"\nEbo7~>', 'Hello World'],
    ['z~>', '\0\0\0\0'],
    ['', ''],
  ];
  for (const [encoded, text] of groups) {
    it(`read ${JSON.stringify(encoded)}, of five characters for four bytes`, () => {
      assert.equal(read(decodeAscii85(latin(encoded))), text);
    });
  }

  it('read runs and literal bytes', () => {
    assert.equal(read(decodeRunLengths(Buffer.of(2, 97, 98, 99, 254, 100, 128, 101))), 'abcddd');
  });

  it('read the example of LZW in the standard', () => {
    // ISO 32000-1, 7.4.4.2.
    const data = Buffer.from('800b6050220c0c8501', 'hex');
    assert.deepEqual(expand(data), Buffer.of(45, 45, 45, 45, 45, 65, 45, 45, 45, 66));
  });

  it('read LZW whatever was in it, and end with what is broken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (data) => {
        assert.deepEqual(expand(packLzw(data)), Buffer.from(data));
        assert.ok(expand(data).length < 4_096 * (data.length + 1));
      }),
    );
  });
});
