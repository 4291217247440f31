import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exampleIbans, ibanFormats } from '../../src/engine/detectors/iban-registry.ts';
import { publishedCards } from '../../src/engine/detectors/published-cards.ts';
import { passesLuhn } from '../../src/engine/luhn.ts';
import { ibanRemainder } from '../../src/engine/mod-97.ts';

const digitsOf = (text: string): Uint8Array => Uint8Array.from(text, Number);
const passes = (text: string): boolean => passesLuhn(digitsOf(text), text.length);
const number = fc.stringMatching(/^[0-9]{11,18}$/);

describe('passesLuhn()', () => {
  it('passes exactly one check digit of the ten', () => {
    fc.assert(
      fc.property(number, (body) => {
        const right = [...'0123456789'].filter((digit) => passes(body + digit));
        assert.equal(right.length, 1);
      }),
    );
  });

  it('fails when one digit of a right number is changed', () => {
    fc.assert(
      fc.property(number, fc.nat(10), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const right = body + [...'0123456789'].find((digit) => passes(body + digit));
        const digits = digitsOf(right);
        digits[at] = ((digits[at] ?? 0) + by) % 10;
        assert.equal(passesLuhn(digits, digits.length), false);
      }),
    );
  });

  it('passes every published test number', () => {
    assert.deepEqual(
      [...publishedCards].filter((card) => !passes(card)),
      [],
    );
  });
});

describe('ibanRemainder()', () => {
  it('is 1 for every published example, and its length is the registry’s', () => {
    for (const example of exampleIbans) {
      assert.equal(ibanRemainder(example), 1, example);
      assert.equal(example.length, ibanFormats.get(example.slice(0, 2))?.length, example);
    }
  });

  it('is not 1 when one character is changed or two neighbours change places', () => {
    const examples = fc.constantFrom(...exampleIbans);
    fc.assert(
      fc.property(examples, fc.nat(40), fc.integer({ min: 1, max: 9 }), (example, n, by) => {
        const at = 2 + (n % (example.length - 2));
        const char = example.charAt(at);
        const other = /\d/.test(char)
          ? String((Number(char) + by) % 10)
          : String.fromCharCode(65 + ((char.charCodeAt(0) - 65 + by) % 26));
        assert.notEqual(ibanRemainder(example.slice(0, at) + other + example.slice(at + 1)), 1);
        const [a, b] = [example.charAt(at - 1), char];
        // `B1` and `1B` are the same number: letters count as two digits.
        const isAlike = /\d/.test(a) === /\d/.test(b);
        if (a !== b && isAlike && at > 4) {
          const swapped = example.slice(0, at - 1) + b + a + example.slice(at + 1);
          assert.notEqual(ibanRemainder(swapped), 1);
        }
      }),
    );
  });

  it('is no number for other characters', () => {
    assert.ok(Number.isNaN(ibanRemainder('DE89 3704')));
  });

  it('has a format for every country of the registry, 15 to 33 long', () => {
    assert.equal(ibanFormats.size, 89);
    for (const { length, structure } of ibanFormats.values()) {
      assert.ok(length >= 15 && length <= 33);
      assert.match(structure, /^[nac]+$/);
    }
  });
});
