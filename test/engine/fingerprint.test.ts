import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { fingerprintOf } from '../../src/engine/fingerprint.ts';

test('`fingerprintOf()` is the HMAC of type and value for keys of any length', () => {
  const keys = fc.uint8Array({ maxLength: 150 });
  const values = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(keys, values, (key, value) => {
      const hmac = createHmac('sha256', key).update(`some_type\0${value}`).digest('hex');
      assert.equal(fingerprintOf(key, 'some_type', value), hmac.slice(0, 32));
    }),
  );
});
