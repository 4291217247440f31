import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultPolicy } from '../../src/engine/policy.ts';
import { labelRank, scoreFile, type TypeTally, typeRisk } from '../../src/engine/score.ts';
import type { Category, Label } from '../../src/engine/types.ts';

const tally = (over: Partial<TypeTally> = {}): TypeTally => ({
  type: 'a',
  category: 'custom',
  identifiesPerson: over.category === 'identity',
  weight: 0.5,
  count: 1,
  distinct: 1,
  distinctWeight: 1,
  floor: null,
  ...over,
});

const anyLabel = fc.constantFrom<Label>('internal', 'confidential', 'restricted');
const anyTally: fc.Arbitrary<TypeTally> = fc
  .record({
    type: fc.stringMatching(/^[a-z]{1,3}$/),
    category: fc.constantFrom<Category>('identity', 'health', 'financial', 'contact'),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
    distinct: fc.integer({ min: 1, max: 70_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    floor: fc.option(fc.record({ label: anyLabel, reason: fc.string() })),
  })
  .map(({ share, ...rest }) => ({
    ...rest,
    identifiesPerson: rest.category === 'identity',
    count: rest.distinct,
    distinctWeight: rest.distinct * share,
  }));
const tallies = fc.uniqueArray(anyTally, { selector: (one) => one.type, maxLength: 12 });

describe('scoreFile()', () => {
  it('is a whole number from 0 to 100, and the shares add up to it exactly', () => {
    fc.assert(
      fc.property(tallies, (list) => {
        const { score, shares } = scoreFile(list, defaultPolicy);
        assert.ok(Number.isInteger(score) && score >= 0 && score <= 100);
        assert.ok(shares.every(({ share }) => Number.isInteger(share) && share >= 0));
        assert.equal(
          shares.reduce((sum, { share }) => sum + share, 0),
          score,
        );
      }),
    );
  });

  it('does not depend on the order of the types', () => {
    fc.assert(
      fc.property(tallies, fc.integer(), (list, seed) => {
        const shuffled = list.toSorted(
          (a, b) => hash(a.type, seed) - hash(b.type, seed) || (a.type < b.type ? -1 : 1),
        );
        assert.deepEqual(scoreFile(shuffled, defaultPolicy), scoreFile(list, defaultPolicy));
      }),
    );
  });

  it('never falls when one more kind or one more value is found', () => {
    fc.assert(
      fc.property(tallies, anyTally, (list, one) => {
        const without = list.filter(({ type }) => type !== one.type);
        const less = scoreFile(without, defaultPolicy);
        const more = scoreFile([...without, one], defaultPolicy);
        assert.ok(more.score >= less.score);
        assert.ok(labelRank[more.label] >= labelRank[less.label]);
        const grown = {
          ...one,
          distinct: one.distinct + 1,
          distinctWeight: one.distinctWeight + 1,
        };
        assert.ok(scoreFile([...without, grown], defaultPolicy).score >= more.score);
      }),
    );
  });

  it('gives the same risk and so the same points to equal types', () => {
    const { shares } = scoreFile([tally({ type: 'a' }), tally({ type: 'b' })], defaultPolicy);
    assert.deepEqual(
      shares.map(({ share }) => share),
      [38, 37],
    );
  });

  const scores: [name: string, list: TypeTally[], score: number, label: Label][] = [
    ['nothing', [], 0, 'public'],
    ['one value of weight one half', [tally()], 50, 'confidential'],
    ['two values', [tally({ distinct: 2, distinctWeight: 2 })], 75, 'restricted'],
    ['a certain type', [tally({ weight: 1 })], 100, 'restricted'],
    ['a type without weight', [tally({ weight: 0 })], 0, 'public'],
    ['half a value of confidence', [tally({ distinctWeight: 0.5 })], 29, 'internal'],
    [
      'no findings of a known type',
      [tally({ count: 0, distinct: 0, distinctWeight: 0 })],
      0,
      'public',
    ],
  ];
  for (const [name, list, score, label] of scores) {
    it(`gives ${name} the score ${score} and the label ${label}`, () => {
      const result = scoreFile(list, defaultPolicy);
      assert.equal(result.score, score);
      assert.equal(result.label, label);
    });
  }

  const low = { weight: 0.01 };
  const floors: [name: string, list: TypeTally[], label: Label][] = [
    [
      'what a type demands',
      [tally({ ...low, floor: { label: 'confidential', reason: 'x' } })],
      'confidential',
    ],
    [
      'the highest of two demands',
      [
        tally({ ...low, floor: { label: 'restricted', reason: 'x' } }),
        tally({ ...low, type: 'b', floor: { label: 'internal', reason: 'y' } }),
      ],
      'restricted',
    ],
    ['ten identities', [tally({ ...low, category: 'identity', distinct: 10 })], 'restricted'],
    [
      'health data with an identity',
      [tally({ ...low, category: 'identity' }), tally({ ...low, type: 'b', category: 'health' })],
      'restricted',
    ],
  ];
  for (const [name, list, label] of floors) {
    it(`raises a low score's label to ${label} for ${name}`, () => {
      const result = scoreFile(list, defaultPolicy);
      assert.equal(result.label, label);
      assert.equal(result.floor?.label, label);
    });
  }

  it('leaves nine identities and health data alone to the score', () => {
    const names = tally({ ...low, category: 'identity', identifiesPerson: false, distinct: 1_000 });
    assert.equal(scoreFile([names], defaultPolicy).floor, null);
    const nine = tally({ ...low, category: 'identity', distinct: 9 });
    assert.equal(scoreFile([nine], defaultPolicy).floor, null);
    assert.equal(scoreFile([tally({ ...low, category: 'health' })], defaultPolicy).floor, null);
  });
});

describe('typeRisk()', () => {
  it('is continuous at one value and 0 without any', () => {
    assert.equal(typeRisk(0.5, 0), 0);
    assert.equal(typeRisk(0.5, Number.NaN), 0);
    assert.ok(Math.abs(typeRisk(0.5, 1) - typeRisk(0.5, 1 - 1e-9)) < 1e-6);
  });

  it('grows with the number of values and stays below 1 for weights below 1', () => {
    const n = fc.double({ min: 0, max: 100_000, noNaN: true });
    const weight = fc.double({ min: 0.001, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(weight, n, n, (w, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        assert.ok(typeRisk(w, less) <= typeRisk(w, more));
        assert.ok(typeRisk(w, more) <= 1);
      }),
    );
  });
});

function hash(text: string, seed: number): number {
  let value = seed;
  for (const char of text) value = (value * 31 + char.charCodeAt(0)) | 0;
  return value;
}
