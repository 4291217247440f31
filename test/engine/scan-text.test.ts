import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Detector } from '../../src/engine/detector.ts';
import { detectors } from '../../src/engine/detector-list.ts';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { rawValue, scan } from './scan-for-test.ts';

const confidenceIn = (text: string, type: string): number =>
  scan(text, { policy: { ...defaultPolicy, minConfidence: 0 } }).findings.find(
    (finding) => finding.type === type,
  )?.confidence ?? 0;

describe('createScan()', () => {
  it('gives an empty text a score of 0 and the label public', () => {
    const report = scan('');
    assert.deepEqual(
      [report.score, report.label, report.lines, report.bytes, report.findings],
      [0, 'public', 0, 0, []],
    );
  });

  const lineCounts: [text: string, lines: number][] = [
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\n\n', 2],
  ];
  for (const [text, lines] of lineCounts) {
    it(`counts ${lines} lines in ${JSON.stringify(text)}`, () => {
      assert.equal(scan(text).lines, lines);
    });
  }

  it('raises confidence with nearness, and a word inside another word does nothing', () => {
    const near = confidenceIn('ssn 130-07-5728', 'us_ssn');
    const far = confidenceIn(`ssn ${'- '.repeat(120)}130-07-5728`, 'us_ssn');
    const none = confidenceIn('130-07-5728', 'us_ssn');
    const beyond = confidenceIn(`ssn ${'- '.repeat(160)}130-07-5728`, 'us_ssn');
    assert.ok(near > far && far > none);
    assert.equal(beyond, none);
    assert.equal(confidenceIn('glassne 130-07-5728', 'us_ssn'), none);
  });

  it('takes words up to thirty characters after a value, and not beyond', () => {
    const none = confidenceIn('130-07-5728', 'us_ssn');
    assert.ok(confidenceIn(`130-07-5728 ${'x '.repeat(8)}(ssn)`, 'us_ssn') > none);
    assert.equal(confidenceIn(`130-07-5728 ${'x '.repeat(20)}(ssn)`, 'us_ssn'), none);
  });

  it('reads the words of keys in camel case, snake case and capitals', () => {
    for (const key of ['employeeSsn', 'employee_ssn', 'EMPLOYEE-SSN', 'socialSecurityNumber']) {
      assert.ok(confidenceIn(`"${key}": "130075728"`, 'us_ssn') > 0.7, key);
    }
  });

  it('hears the nearest word for or against a type', () => {
    assert.ok(confidenceIn('ssn unknown, phone 130-07-5728', 'us_ssn') < 0.5);
    assert.ok(confidenceIn('phone unknown, ssn 130-07-5728', 'us_ssn') > 0.7);
  });

  it('names a value by its own column, however far down', () => {
    const rows = 'Jane,130-07-5728,214896712\n'.repeat(100);
    const report = scan(`name,phone,ssn\n${rows}`);
    assert.equal(report.counts['us_ssn'], 100);
    assert.ok(report.findings.every((finding) => finding.place.length === 9));
  });

  it('lowers what stands next to words like example', () => {
    const plain = confidenceIn('card 4532015112830366', 'credit_card');
    const example = confidenceIn('example card 4532015112830366', 'credit_card');
    assert.ok(example < plain);
  });

  it('counts a published test value only when the policy says so, and says it is one', () => {
    const text = 'visa card 4111 1111 1111 1111';
    assert.equal(scan(text).findingsTotal, 0);
    const [finding] = scan(text, { policy: { ...defaultPolicy, countTestValues: true } }).findings;
    assert.match(finding?.trace.notes.join() ?? '', /published test value/);
  });

  it('heeds the policy: types that are off, their own minimum and weight', () => {
    const text = 'ssn 130-07-5728 jane@acme.com';
    const policy = {
      ...defaultPolicy,
      version: 'v2',
      types: { us_ssn: { off: true }, email: { minConfidence: 0.4, weight: 1 } },
    };
    const report = scan(text, { policy });
    assert.deepEqual(report.counts, { email: 1 });
    assert.equal(report.shares[0]?.weight, 1);
    assert.equal(report.policyVersion, 'v2');
    const strict = { ...defaultPolicy, types: { us_ssn: { minConfidence: 0.99 } } };
    assert.equal(scan(text, { policy: strict }).counts['us_ssn'], undefined);
  });

  it('does not let a repeated value raise the score, and a second one does', () => {
    const one = scan('card 4532015112830366\n');
    const same = scan('card 4532015112830366\ncard 4532 0151 1283 0366\n'.repeat(50));
    const two = scan('card 4532015112830366\ncard 5482847792016693\n');
    assert.equal(same.shares[0]?.distinct, 1);
    assert.ok(Math.abs(same.score - one.score) <= 4);
    assert.ok(two.score > one.score);
  });

  it('gives the label that is demanded whatever the score', () => {
    const weightless = Object.fromEntries(detectors.map(({ id }) => [id, { weight: 0 }]));
    const policy = { ...defaultPolicy, types: weightless };
    const labelled: [text: string, label: string][] = [
      ['nothing', 'public'],
      ['INTERNAL USE ONLY\n', 'internal'],
      ['Confidential\n', 'confidential'],
      ['TOP SECRET\n', 'restricted'],
      ['card 4532015112830366', 'confidential'],
      ['IBAN NL39RABO0300065264', 'confidential'],
      ['ssn 130-07-5728', 'confidential'],
      [Array.from({ length: 10 }, (_, n) => `ssn 130-07-572${n}\n`).join(''), 'restricted'],
    ];
    for (const [text, label] of labelled) assert.equal(scan(text, { policy }).label, label, text);
  });

  it('stores a thousand findings a type and counts the rest', () => {
    const text = Array.from({ length: 1_500 }, (_, n) => `ssn 130-07-${1000 + n}\n`).join('');
    const report = scan(`jane@acme.com\n${text}`);
    assert.equal(report.findingsStored, 1_001);
    assert.equal(report.findingsTotal, 1_501);
    assert.equal(report.counts['us_ssn'], 1_500);
    assert.equal(report.shares.find(({ type }) => type === 'us_ssn')?.distinct, 1_500);
  });

  it('places findings by byte and the column by UTF-16 unit', () => {
    const text = 'é😀 card 4532015112830366\nüü jane@acme.com';
    const { findings } = scan(text);
    assert.deepEqual(
      findings.map((finding) => [
        rawValue(text, finding),
        finding.place.line,
        finding.place.column,
      ]),
      [
        ['4532015112830366', 1, 10],
        ['jane@acme.com', 2, 4],
      ],
    );
  });

  it('lets the more specific, then the more confident, then the longer finding win', () => {
    const make = (id: string, specificity: number, base: number, length: number): Detector => ({
      ...(detectors[0] as Detector),
      id,
      specificity,
      anchors: { signs: [{ sign: '#' }] },
      find: (_, start) => ({ start, end: start + length, pattern: 'x', validator: null, base }),
      context: [],
    });
    const winner = (...list: Detector[]): [string | undefined, string | undefined] => {
      const [finding] = scan('#12345', { detectors: list }).findings;
      return [finding?.type, finding?.trace.lost[0]?.reason];
    };
    assert.deepEqual(winner(make('a', 1, 0.9, 5), make('b', 2, 0.6, 3)), ['b', 'less specific']);
    assert.deepEqual(winner(make('a', 1, 0.6, 5), make('b', 1, 0.9, 3)), ['b', 'less confident']);
    assert.deepEqual(winner(make('a', 1, 0.6, 3), make('b', 1, 0.6, 5)), ['b', 'not longer']);
  });

  it('never throws, whatever the bytes are', () => {
    const nasty = fc.constantFrom(
      0x2d,
      0x40,
      0x2e,
      0x30,
      0x34,
      0x20,
      0x0a,
      0xe2,
      0x80,
      0xff,
      0x44,
      0x45,
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.array(nasty, { maxLength: 600 }),
        (a, b) => {
          scan(a);
          scan(Uint8Array.from(b), { policy: { ...defaultPolicy, minConfidence: 0 } });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the cost of a scan', () => {
  const nasty = ['a@', '4111 ', '123456789 ', 'SECRET ', 'secret ', 'ssn 130075728 ', 'DE89 3704 '];
  const framed = [
    `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}\n`,
    'A'.repeat(64),
    '😀,',
    '"',
  ];
  for (const unit of [...nasty, ...framed]) {
    it(`grows with the length of the text for ${JSON.stringify(unit.slice(0, 24))}`, () => {
      const small = bestOf(unit.repeat(Math.ceil(60_000 / unit.length)));
      const large = bestOf(unit.repeat(Math.ceil(480_000 / unit.length)));
      // Eight times the text; sixty-four times the time would be quadratic.
      assert.ok(large < 32 * small + 50, `${small} ms, then ${large} ms`);
    });
  }
});

function bestOf(text: string): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    scan(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}
