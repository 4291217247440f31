import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  anyCard,
  anyEmail,
  anyFiller,
  anyIban,
  anyKey,
  anySsn,
  anyText,
} from './arbitrary-texts.ts';
import { rawValue, scan, testKey } from './scan-for-test.ts';

const secrets = fc.oneof(anyCard, anyEmail, anyIban, anyKey, anySsn);

describe('a report', () => {
  it('holds no matched value anywhere', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const report = scan(text);
        const shown = JSON.stringify(report);
        for (const finding of report.findings) {
          if (finding.type === 'confidentiality_marking') continue;
          assert.ok(!shown.includes(rawValue(text, finding)), finding.type);
        }
      }),
    );
  });

  it('holds no copy of a value that stands where it is no finding', () => {
    const glue = fc.constantFrom('x', '_', '.', '-', '@', '/', ' ', '"');
    fc.assert(
      fc.property(secrets, glue, glue, anyFiller, (secret, left, right, filler) => {
        const text = `card ssn iban mail ${secret} ${filler}${left}${secret}${right}${left}b`;
        const report = scan(text);
        const shown = JSON.stringify(report.findings);
        for (const finding of report.findings) assert.ok(!shown.includes(rawValue(text, finding)));
      }),
    );
  });

  it('shows no copy of a name, a phone number or a date that it found nearby', () => {
    const text = 'Martha Klein, tel 718 4296, born 14.03.1978 xMartha Klein x718 4296 x14.03.1978';
    const { findings } = scan(text);
    assert.deepEqual(
      findings.map(({ type }) => type),
      ['person_name', 'phone', 'date_of_birth'],
    );
    assert.doesNotMatch(JSON.stringify(findings), /Martha|4296|1978/);
  });

  it('shows at most forty harmless characters on either side of the mask', () => {
    const [finding] = scan(
      `${'a b'.repeat(60)}\u0007\u202e ssn 130-07-5728\u0000\n${'c d'.repeat(60)}`,
    ).findings;
    const [left = '', right = ''] = finding?.excerpt.split('***-**-5728') ?? [];
    assert.ok(left.length <= 40 && left.endsWith(' ssn '));
    assert.ok(right.length <= 40 && right.startsWith(' c d'));
    assert.doesNotMatch(finding?.excerpt ?? '', /[\p{Cc}\p{Cf}]/u);
  });

  it('masks the other findings in an excerpt', () => {
    const { findings } = scan('ssn 130-07-5728 of jane@acme.com with card 4532015112830366');
    assert.deepEqual(
      findings.map(({ excerpt }) => /130-07|jane@|acme|453201/.test(excerpt)),
      [false, false, false],
    );
  });

  it('has the fingerprint of type and normalised value, the same for every spelling', () => {
    const { findings } = scan('card 4532015112830366, card 4532-0151-1283-0366');
    const expected = createHmac('sha256', testKey)
      .update('credit_card\x004532015112830366')
      .digest('hex')
      .slice(0, 32);
    assert.deepEqual(
      findings.map(({ fingerprint }) => fingerprint),
      [expected, expected],
    );
    const other = scan('card 4532015112830366', { fingerprintKey: new Uint8Array(32) });
    assert.notEqual(other.findings[0]?.fingerprint, expected);
  });
});
