import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  builtInFormat,
  NumberFormat,
  plainNumber,
  showWithNumber,
} from '../../../src/documents/formats/number-format.ts';
import { formatSerialDate } from '../../../src/documents/formats/serial-date.ts';

describe('NumberFormat', () => {
  const cases: [code: string, number: number, shown: string][] = [
    ['0', 1234.5, '1235'],
    ['0.00', 1599.99, '1599.99'],
    ['#,##0.00', -1599.99, '-1,599.99'],
    ['"$"#,##0.00_);[Red]\\("$"#,##0.00\\)', -1599.99, '($1,599.99)'],
    ['[$€-407] #,##0', 1234567, '€ 1,234,567'],
    ['000\\-00\\-0000', 130075728, '130-07-5728'],
    ['000-00-0000', 1234567, '001-23-4567'],
    ['00000', 1234, '01234'],
    ['[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', 5551234, '555-1234'],
    ['[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', 2125551234, '(212) 555-1234'],
    ['0000 0000 0000 0000', 4532015112830366, '4532 0151 1283 0366'],
    ['0%', 0.03, '3%'],
    ['0.00%', 0.12345, '12.35%'],
    ['0.0#', 1.5, '1.5'],
    ['#', 0, ''],
    ['0,', 1234567, '1235'],
    ['0.00E+00', 4532015112830366, '4532015112830366'],
    ['# ?/?', 2.25, '2.25'],
    ['General', 4532015112830366, '4532015112830366'],
    ['@', 42, '42'],
    ['"none";;"zero"', 0, 'zero'],
    ['yyyy\\-mm\\-dd', 39219, '2007-05-17'],
    ['d-mmm-yy', 39219, '2007-05-17'],
    ['[$-409]d\\-mmm\\-yy;@', 39219, '2007-05-17'],
    ['m/d/yy h:mm', 39219.5, '2007-05-17 12:00'],
    ['h:mm', 0.26041666666, '06:15'],
    ['[h]:mm', 1.5, '36:00'],
    ['yyyy-mm-dd', -1, '-1'],
  ];
  for (const [code, number, shown] of cases) {
    it(`shows ${number} as ${shown} by ${code}`, () => {
      assert.equal(new NumberFormat(code).format(number, false), shown);
    });
  }

  it('knows the formats that have a number only', () => {
    assert.equal(new NumberFormat(builtInFormat(14) ?? '').format(39219, false), '2007-05-17');
    assert.equal(builtInFormat(0), undefined);
    assert.equal(builtInFormat(164), undefined);
  });

  it('shows any number by any format, in little time', () => {
    const pieces = fc.constantFrom(
      '0',
      '#',
      '?',
      ',',
      '.',
      '%',
      ';',
      '"',
      '\\',
      '[',
      ']',
      '_',
      '*',
      'y',
      'm',
      'h',
      'E+',
      '/',
      '@',
      '[<5]',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.double(), (code, number) => {
        assert.equal(typeof new NumberFormat(code.join('')).format(number, false), 'string');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('showWithNumber()', () => {
  const cases: [shown: string, number: number, text: string][] = [
    ['', 12, '12'],
    ['', 0, ''],
    ['secret', 12, 'secret 12'],
    ['4.53E+15', 4532015112830366, '4.53E+15 4532015112830366'],
    ['4532-0151-1283-0366', 4532015112830366, '4532-0151-1283-0366'],
    ['1235', 1234567.25, '1235'],
  ];
  for (const [shown, number, text] of cases) {
    it(`writes '${text}' for ${number} shown as '${shown}'`, () => {
      assert.equal(showWithNumber(shown, number), text);
    });
  }
});

describe('plainNumber()', () => {
  it('writes whole numbers with all their digits', () => {
    assert.equal(plainNumber(1e21), '1000000000000000000000');
    assert.equal(plainNumber(0.1), '0.1');
  });
});

describe('formatSerialDate()', () => {
  const day = { hasDay: true, hasTime: false };
  it('counts from either first day', () => {
    assert.equal(formatSerialDate(1, { ...day, uses1904: false }), '1900-01-01');
    assert.equal(formatSerialDate(61, { ...day, uses1904: false }), '1900-03-01');
    assert.equal(formatSerialDate(0, { ...day, uses1904: true }), '1904-01-01');
    assert.equal(formatSerialDate(3_000_000, { ...day, uses1904: false }), undefined);
  });
});
