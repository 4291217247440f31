import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { OwnDetector } from '../../src/engine/own-detector.ts';
import { anyText } from './arbitrary-texts.ts';
import { ownDetector, policyWith } from './own-policy.ts';
import { rawValue, scan } from './scan-for-test.ts';

interface Case {
  own: Partial<OwnDetector>;
  text: string;
  found: string[];
}

const pattern = (regex: string): Partial<OwnDetector> => ({
  patterns: [{ name: 'form', regex }],
});

const cases: Record<string, Case[]> = {
  words: [
    { own: { words: ['Bluebird'] }, text: 'the BLUEBIRD plan', found: ['BLUEBIRD'] },
    { own: { words: ['Bluebird'] }, text: 'Bluebirds, xbluebird', found: [] },
    {
      own: { words: ['Bluebird'], ignoreCase: false },
      text: 'bluebird Bluebird',
      found: ['Bluebird'],
    },
    {
      own: { words: ['project heron'] },
      text: 'Project-Heron project\nheron projectheron',
      found: ['Project-Heron', 'project\nheron'],
    },
    { own: { words: ['new', 'new york'] }, text: 'New York', found: ['New York'] },
    {
      own: { words: ['new york city', 'new york', 'new'] },
      text: 'New York, New Yorker, new york city',
      found: ['New York', 'New', 'new york city'],
    },
    { own: { words: ['R&D'] }, text: 'our R&D unit', found: ['R&D'] },
    { own: { words: ['4711'] }, text: '4711 47110 x4711', found: ['4711'] },
    { own: { words: ['0049171234567'] }, text: 'call 0049171234567', found: ['0049171234567'] },
    { own: { words: ['#secret'] }, text: 'a #secret tag', found: ['#secret'] },
    {
      own: { words: ['Ärmelkanal'] },
      text: '„ärmelkanal“ ÄRMELKANAL',
      found: ['ärmelkanal', 'ÄRMELKANAL'],
    },
    {
      own: { words: ['Heron'] },
      text: '“Heron” «\u00a0heron\u00a0» ‘HERON’',
      found: ['Heron', 'heron', 'HERON'],
    },
    { own: { words: ['café'] }, text: 'cafe\u0301 bar', found: ['cafe\u0301'] },
    { own: { words: ['社外秘'] }, text: 'これは社外秘です', found: ['社外秘'] },
    { own: { words: ['Ω-3'] }, text: 'see Ω-3.', found: ['Ω-3'] },
    { own: { words: ['Heron'] }, text: 'Heron', found: ['Heron'] },
  ],
  patterns: [
    { own: pattern('\\bE-\\d{6}\\b'), text: 'staff E-104233, E-1', found: ['E-104233'] },
    { own: pattern('\\b[A-Z]{2}_\\p{Lu}+'), text: 'XX_ÄÖ ok', found: ['XX_ÄÖ'] },
    {
      own: { ...pattern('\\b\\d{8}\\b'), validator: 'luhn' },
      text: '79927398 79927396',
      found: ['79927398'],
    },
  ],
};

for (const [kind, list] of Object.entries(cases)) {
  describe(`a team's own detector with ${kind}`, () => {
    for (const { own, text, found } of list) {
      const shown = own.words?.join() ?? own.patterns?.[0]?.regex;
      it(`of ${shown} finds ${JSON.stringify(found)} in ${JSON.stringify(text)}`, () => {
        const policy = policyWith({ detectors: [ownDetector('own', own)] });
        const { findings } = scan(text, { policy, detectors: [] });
        assert.deepEqual(
          findings.map((one) => rawValue(text, one)),
          found,
        );
      });
    }
  });
}

describe("a team's own detectors", () => {
  it('raise what stands near their context words, and say so in the trace', () => {
    const own = ownDetector('staff', {
      ...pattern('\\b\\d{6}\\b'),
      confidence: 0.3,
      context: ['employee'],
    });
    const policy = policyWith({ detectors: [own] });
    assert.equal(scan('order 104233', { policy, detectors: [] }).findingsTotal, 0);
    const [found] = scan('Employee: 104233', { policy, detectors: [] }).findings;
    assert.equal(found?.confidence, 0.72);
    assert.deepEqual(
      found?.trace.context.map(({ word }) => word),
      ['employee'],
    );
  });

  it('demand their label, weigh what the policy says and never show a value', () => {
    const own = ownDetector('names', { words: ['Bluebird Holding'], label: 'restricted' });
    const policy = policyWith({ detectors: [own], types: { names: { weight: 0.9 } } });
    const report = scan('with Bluebird Holding today', { policy });
    assert.equal(report.label, 'restricted');
    assert.equal(report.floor?.reason, 'names of the policy');
    assert.equal(report.shares[0]?.weight, 0.9);
    assert.ok(!JSON.stringify(report).includes('Bluebird'));
  });

  it('are found on the right line and column, by patterns and words, in windows of any size', () => {
    const own = ownDetector('own', { ...pattern('\\bE-\\d{6}\\b'), words: ['heron bay'] });
    const policy = policyWith({ detectors: [own] });
    const parts = fc.array(
      fc.constantFrom('E-104233', ' heron bay ', '\n', 'lorem ipsum ', 'ä', '😀 ', 'E-1', ' '),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 4_000 }), (list, windowBytes) => {
        const text = list.join('').repeat(60).padEnd(90_000, 'x ').concat(' E-999999');
        const { findings } = scan(text, { policy, windowBytes, chunkBytes: 1_000 });
        assert.deepEqual(findings, scan(text, { policy, windowBytes: 1e6 }).findings);
        const lines = text.split('\n');
        for (const one of findings.slice(0, 30)) {
          const { line, column } = one.place;
          const value = rawValue(text, one);
          assert.ok(`${lines[line - 1]}\n${lines[line]}`.slice(column - 1).startsWith(value));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('change nothing about what the engine finds beside them', () => {
    const words = ownDetector('own', { ...pattern('zz-\\d{9}'), words: ['zzzz'] });
    const policy = policyWith({ detectors: [words] });
    fc.assert(
      fc.property(anyText, (text) => {
        assert.deepEqual(scan(text, { policy }).findings, scan(text).findings);
      }),
      { numRuns: 60 },
    );
  });

  it('find each of 20,000 words of a dictionary, and no other', () => {
    const words = Array.from({ length: 20_000 }, (_, n) => `con${n.toString(26)} ltd`);
    const policy = policyWith({ detectors: [ownDetector('customers', { words })] });
    const report = scan(`${words.join(', ')}, conzzzz ltd`, { policy, detectors: [] });
    assert.equal(report.counts['customers'], 20_000);
  });

  it('are off when the policy says so', () => {
    const own = ownDetector('own', { words: ['heron'] });
    const policy = policyWith({ detectors: [own], types: { own: { off: true } } });
    assert.deepEqual(scan('heron', { policy }).counts, {});
  });
});
