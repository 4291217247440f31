import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  documentCheckDigit,
  isDate,
  isShortDate,
  passesLuhnText,
  passesMod11And2,
  passesMod11And10,
  passesVerhoeff,
  remainderOf,
} from '../../src/engine/check-digits.ts';
import { passesLuhn } from '../../src/engine/luhn.ts';

const body = fc.stringMatching(/^[0-9]{6,16}$/);
const checks = [
  { name: 'passesLuhnText()', passes: passesLuhnText, last: '0123456789' },
  { name: 'passesVerhoeff()', passes: passesVerhoeff, last: '0123456789' },
  { name: 'passesMod11And10()', passes: passesMod11And10, last: '0123456789' },
  { name: 'passesMod11And2()', passes: passesMod11And2, last: '0123456789X' },
];

for (const { name, passes, last } of checks) {
  describe(name, () => {
    it('passes exactly one last character', () => {
      fc.assert(
        fc.property(body, (digits) => {
          assert.equal([...last].filter((char) => passes(digits + char)).length, 1);
        }),
      );
    });

    it('fails when one digit is changed', () => {
      fc.assert(
        fc.property(body, fc.nat(5), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
          const right = digits + [...last].find((char) => passes(digits + char));
          const changed = String((Number(right[at]) + by) % 10);
          assert.equal(passes(right.slice(0, at) + changed + right.slice(at + 1)), false);
        }),
      );
    });
  });
}

describe('passesVerhoeff()', () => {
  it('fails when two different neighbours are swapped', () => {
    fc.assert(
      fc.property(body, fc.nat(4), (digits, at) => {
        fc.pre(digits[at] !== digits[at + 1]);
        const right = digits + [...'0123456789'].find((char) => passesVerhoeff(digits + char));
        const swapped = `${right.slice(0, at)}${right[at + 1]}${right[at]}${right.slice(at + 2)}`;
        assert.equal(passesVerhoeff(swapped), false);
      }),
    );
  });

  it('gives the check digit of the published example', () => {
    assert.ok(passesVerhoeff('2363'));
  });
});

describe('passesLuhnText()', () => {
  it('agrees with the check on bytes', () => {
    fc.assert(
      fc.property(body, (text) => {
        assert.equal(passesLuhnText(text), passesLuhn(Uint8Array.from(text, Number), text.length));
      }),
    );
  });
});

describe('remainderOf()', () => {
  it('agrees with whole numbers of any size', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 2, max: 1_000 }), (text, divisor) => {
        assert.equal(remainderOf(text, divisor), Number(BigInt(text) % BigInt(divisor)));
      }),
    );
  });
});

describe('documentCheckDigit()', () => {
  it('gives the check digits of the specimen in ICAO Doc 9303', () => {
    assert.equal(documentCheckDigit('L898902C3'), 6);
    assert.equal(documentCheckDigit('740812'), 2);
  });
});

describe('isDate()', () => {
  it('agrees with the calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1800, max: 2199 }),
        fc.nat(14),
        fc.nat(33),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day));
          const isSame = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          assert.equal(isDate(year, month, day), isSame && date.getUTCFullYear() === year);
        },
      ),
    );
  });

  it('lets 29 February be in a year of two digits when one century has it', () => {
    assert.equal(isShortDate('000229'), true);
    assert.equal(isShortDate('010229'), false);
  });
});
