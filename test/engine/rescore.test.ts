import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fingerprintsOf } from '../../src/engine/allow-rules.ts';
import { detectors } from '../../src/engine/detector-list.ts';
import { maxStoredFindings } from '../../src/engine/finding-collector.ts';
import { PolicyChange, type Rescored } from '../../src/engine/rescore.ts';
import type { Policy, ScanReport, TypePolicy } from '../../src/engine/types.ts';
import { anyText } from './arbitrary-texts.ts';
import { allowing, ownDetector, policyWith } from './own-policy.ts';
import { scan, testKey } from './scan-for-test.ts';

function rescore(report: ScanReport, scanned: Policy, wanted: Policy): Rescored {
  const change = new PolicyChange(scanned, wanted);
  const allowed = fingerprintsOf(change.newlyAllowed, detectors, testKey);
  const holdsAllowed = report.findings.some(({ fingerprint }) => allowed.has(fingerprint));
  return change.apply(report.tallies, { holdsAllowed, most: maxStoredFindings });
}

const scoreOf = ({ score, label, floor, shares, counts, allowed }: ScanReport): unknown => ({
  score,
  label,
  floor,
  shares,
  counts,
  allowed,
});

const types = ['credit_card', 'us_ssn', 'iban', 'email', 'confidentiality_marking', 'own'];
const hundredth = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const anyType: fc.Arbitrary<TypePolicy> = fc.record(
  { weight: hundredth, minConfidence: hundredth, off: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<TypePolicy>;
const anyLabel = fc.constantFrom(null, 'internal' as const, 'restricted' as const);
const own = ownDetector('own', {
  patterns: [{ name: 'digits', regex: '\\b\\d{4}[- ]?\\d{4}\\b' }],
  words: ['ipsum'],
  confidence: 0.45,
  context: ['card'],
});

const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    minConfidence: fc.oneof(fc.constant(0.5), hundredth),
    types: fc.dictionary(fc.constantFrom(...types), anyType, { maxKeys: 3 }),
    internal: fc.integer({ min: 1, max: 20 }),
    floors: fc.dictionary(fc.constantFrom(...types), anyLabel, { maxKeys: 2 }),
    healthWithIdentity: anyLabel,
    people: fc.integer({ min: 1, max: 4 }),
    countTestValues: fc.boolean(),
    detectors: fc.constantFrom([], [own], [{ ...own, weight: 0.9, label: 'restricted' as const }]),
    allow: fc.constantFrom(
      allowing({}),
      allowing({ values: ['4111 1111 1111 1111', '2024-01-02'] }),
      allowing({ patterns: ['\\d{4}.*', '[a-z]+@.*'] }),
    ),
  })
  .map(({ internal, floors, people, healthWithIdentity, ...rest }) =>
    policyWith({
      ...rest,
      labels: { internal, confidential: 40, restricted: 75 },
      floors: {
        types: floors,
        manyPeople: { count: people, label: 'restricted' },
        healthWithIdentity,
      },
    }),
  );

describe('a score under another policy', () => {
  it('is the one that a new scan gives, or the content has to be read again', () => {
    let scored = 0;
    fc.assert(
      fc.property(anyText, anyPolicy, anyPolicy, (text, scanned, wanted) => {
        const result = rescore(scan(text, { policy: scanned }), scanned, wanted);
        if (result.outcome === 'rescan') return;
        scored++;
        assert.deepEqual(result.scored, scoreOf(scan(text, { policy: wanted })));
      }),
      { numRuns: 150 },
    );
    assert.ok(scored > 3, `only ${scored} were scored without a scan`);
  });

  const text = 'card 4532015112830366, ssn 130-07-5728, mail jane@acme.co';
  const base = policyWith({});
  const scanned = scan(text, { policy: base });
  const [email] = scanned.findings.filter(({ type }) => type === 'email');
  const free: Record<string, Partial<Policy>> = {
    'a weight': { types: { email: { weight: 0.9 } } },
    'label bounds': { labels: { internal: 1, confidential: 2, restricted: 3 } },
    'a floor': { floors: { ...base.floors, types: { email: 'restricted' } } },
    'a higher minimum': { minConfidence: 0.9 },
    'a lower minimum with nothing under it': { types: { email: { minConfidence: 0.4 } } },
    'a type turned off': { types: { us_ssn: { off: true } } },
    'test values where there are none': { countTestValues: true },
    'an allowed value that is not there': { allow: allowing({ values: ['joe@acme.co'] }) },
    'an allowed path': { allow: allowing({ paths: ['*.txt'] }) },
    'an own detector that is off': {
      detectors: [own],
      types: { own: { off: true } },
    },
  };
  for (const [name, over] of Object.entries(free)) {
    it(`needs no scan for ${name}`, () => {
      const wanted = policyWith(over);
      const result = rescore(scanned, base, wanted);
      assert.equal(result.outcome, 'scored', JSON.stringify(result));
      if (result.outcome !== 'scored') return;
      assert.deepEqual(result.scored, scoreOf(scan(text, { policy: wanted })));
    });
  }

  const costly: [name: string, over: Partial<Policy>, reason: RegExp][] = [
    ['an own detector', { detectors: [own] }, /own is new/],
    ['a value that was found', { allow: allowing({ values: ['jane@acme.co'] }) }, /allowed now/],
    [
      'a fingerprint that was found',
      { allow: allowing({ fingerprints: [email?.fingerprint ?? ''] }) },
      /allowed now/,
    ],
    ['an allow pattern', { allow: allowing({ patterns: ['.+@acme.co'] }) }, /may match/],
  ];
  for (const [name, over, reason] of costly) {
    it(`needs a scan for ${name}, and says why`, () => {
      const result = rescore(scanned, base, policyWith(over));
      assert.match(result.outcome === 'rescan' ? result.reason : '', reason);
    });
  }

  it('needs a scan for a lower minimum only where something was under the former one', () => {
    const wanted = policyWith({ types: { email: { minConfidence: 0.02 } } });
    const weak = 'mail jane@example.com for an example';
    assert.equal(rescore(scanned, base, wanted).outcome, 'scored');
    assert.equal(rescore(scan(weak, { policy: base }), base, wanted).outcome, 'rescan');
  });

  it('needs a scan of everything when a number counts without a word beside it now', () => {
    const wanted = policyWith({ types: { us_ssn: { minConfidence: 0.02 } } });
    const result = rescore(scanned, base, wanted);
    assert.ok(result.outcome === 'rescan' && /us_ssn counts without a word/.test(result.reason));
  });

  it('comes back exactly when a change is taken back', () => {
    const off = policyWith({ types: { us_ssn: { off: true } } });
    assert.equal(rescore(scanned, base, off).outcome, 'scored');
    const back = rescore(scanned, base, policyWith({}));
    assert.deepEqual(back, { outcome: 'scored', scored: scoreOf(scanned) });
  });
});

describe('allow lists', () => {
  const text = 'mail jane@acme.co and joe@acme.co, ssn 130-07-5728';
  const [jane] = scan(text).findings;
  const cases: [name: string, over: Parameters<typeof allowing>[0], path: string | undefined][] = [
    ['values in another spelling', { values: ['Jane@ACME.co'] }, undefined],
    ['patterns of whole values', { patterns: ['jane@.*'] }, undefined],
    ['fingerprints', { fingerprints: [jane?.fingerprint ?? ''] }, undefined],
  ];
  for (const [name, over, path] of cases) {
    it(`take out ${name} and say how many`, () => {
      const report = scan(text, { policy: policyWith({ allow: allowing(over) }), path });
      assert.deepEqual(report.counts, { email: 1, us_ssn: 1 });
      assert.deepEqual(report.allowed, { email: 1 });
    });
  }

  it('take out everything in an allowed path, or the types they name', () => {
    const all = policyWith({ allow: allowing({ paths: ['test/**'] }) });
    const report = scan(text, { policy: all, path: 'test/a.txt' });
    assert.deepEqual([report.score, report.label, report.findings.length], [0, 'public', 0]);
    assert.deepEqual(report.allowed, { email: 2, us_ssn: 1 });
    assert.ok(scan(text, { policy: all, path: 'src/a.txt' }).score > 0);
    const paths = [{ match: '*.txt', types: ['email'] }];
    const one = policyWith({ allow: { ...allowing({}), paths } });
    assert.deepEqual(scan(text, { policy: one, path: 'a.txt' }).counts, { us_ssn: 1 });
  });
});
