import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ChecksumName, checksums } from '../../src/engine/checksums.ts';

/** Numbers whose check the cited standards or their articles compute. */
const right: Record<ChecksumName, string[]> = {
  luhn: ['7992 7398 713', '49-015420-323751-8'],
  iban: ['DE02 1203 0000 0000 2020 51'],
  mod97: ['79444', '1234-5676'],
  mod11: ['0-306-40615-2', '0-8044-2957-X'],
  mod11_10: ['0794 5'],
  verhoeff: ['2363', '123451'],
};

describe('checksums', () => {
  for (const [name, values] of Object.entries(right)) {
    const passes = checksums[name as ChecksumName];
    it(`${name} passes what has a right check and nothing that is too short`, () => {
      for (const value of values) assert.equal(passes(value), true, value);
      for (const value of ['', '0', 'x', '-']) assert.equal(passes(value), false, value);
    });

    it(`${name} fails when one digit is another`, () => {
      const anyValue = fc.constantFrom(...values);
      fc.assert(
        fc.property(anyValue, fc.nat(40), fc.integer({ min: 1, max: 9 }), (value, n, by) => {
          const places = [...value.matchAll(/\d/g)].map(({ index }) => index);
          const at = places[n % places.length] as number;
          const other = String((Number(value[at]) + by) % 10);
          assert.equal(passes(value.slice(0, at) + other + value.slice(at + 1)), false);
        }),
      );
    });
  }

  for (const name of ['luhn', 'mod11', 'mod11_10', 'verhoeff'] as const) {
    it(`${name} has exactly one right last digit for any number, or none`, () => {
      fc.assert(
        fc.property(fc.stringMatching(/^[0-9]{3,12}$/), (number) => {
          const fitting = [...'0123456789'].filter((digit) => checksums[name](number + digit));
          assert.ok(fitting.length === 1 || (name === 'mod11' && fitting.length === 0));
        }),
      );
    });
  }
});
