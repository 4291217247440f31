import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decompressRtf } from '../../../../src/documents/formats/msg/decompress-rtf.ts';
import { defaultLimits, ReadBudget } from '../../../../src/documents/read-budget.ts';
import { UnreadableError } from '../../../../src/documents/reader.ts';
import { bytes } from '../ole/build-bytes.ts';
import { compressRtf } from './build-message.ts';

const decompress = (content: Uint8Array): string =>
  Buffer.from(decompressRtf(content, new ReadBudget(defaultLimits))).toString('latin1');

describe('decompressRtf()', () => {
  it('reads the example of the specification', () => {
    const example = Buffer.from(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      'hex',
    );
    assert.equal(decompress(example), '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  });

  it('reads a reference that runs into what it writes', () => {
    const example = Buffer.from(
      '1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0',
      'hex',
    );
    assert.equal(decompress(example), '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
  });

  it('reads RTF that is not compressed, and literals', () => {
    const plain = bytes.join(bytes.u32(18, 6, 0x414c454d, 0), bytes.latin1('{\\rtf}...'));
    assert.equal(decompress(plain), '{\\rtf}');
    assert.equal(decompress(compressRtf('{\\rtf1 hello, all}')), '{\\rtf1 hello, all}');
  });

  it('ends on any bytes within the size they promise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(100_000), (content, size) => {
        const whole = bytes.join(bytes.u32(0, size, 0x75465a4c, 0), content);
        assert.ok(decompress(whole).length <= Math.min(size, whole.length * 9));
      }),
    );
    assert.throws(() => decompress(Buffer.alloc(40)), UnreadableError);
  });
});
