import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readCms } from '../../../src/documents/formats/read-cms.ts';

const der = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const type = (last: string): string => `06092a864886f70d0107${last}`;
const content = `3080${type('01')}a080240404026869000000000000`;
const signed = `3080${type('02')}a08030800201013100${content}00000000`;

describe('readCms()', () => {
  it('gives what is signed', () => {
    assert.deepEqual(readCms(der(signed)), { kind: 'signed', content: der('6869') });
  });

  it('gives nothing of a detached signature', () => {
    const detached = `3080${type('02')}a080308002010131003080${type('01')}00000000`;
    assert.deepEqual(readCms(der(detached)), { kind: 'signed', content: der('') });
  });

  it('tells what is encrypted, and other kinds', () => {
    assert.deepEqual(readCms(der(`3080${type('03')}`)), { kind: 'encrypted' });
    assert.deepEqual(readCms(der(`3080${type('06')}`)), { kind: 'encrypted' });
    assert.deepEqual(readCms(der(`3080${type('05')}`)), { kind: 'other' });
  });

  it('believes no length, and no nesting', () => {
    for (const hex of ['', '30', '3005', '3085ffffffffff', `30840fffffff${type('02')}`]) {
      assert.equal(readCms(der(hex)), undefined);
    }
    const nested = signed.replace('24040402', '2480'.repeat(5_000));
    assert.equal(readCms(der(nested)), undefined);
  });

  it('never throws, whatever the bytes are', () => {
    const whole = der(signed);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }))),
        (changes) => {
          const broken = Uint8Array.from(whole);
          for (const [at, byte] of changes) broken[at] = byte;
          readCms(broken);
        },
      ),
    );
  });
});
