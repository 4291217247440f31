import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maxPatternBytes } from '../../../src/engine/patterns/pattern-syntax.ts';
import { findAll, setOf } from './find-all.ts';

interface Case {
  pattern: string;
  text: string;
  found: string[];
}

const cases: Case[] = [
  { pattern: '\\bE-\\d{6}\\b', text: 'E-123456, xE-654321 E-1234567', found: ['E-123456'] },
  { pattern: 'E-\\d{3,}', text: 'E-12 E-123 E-12345', found: ['E-123', 'E-12345'] },
  { pattern: 'ab|abcd', text: 'abcd', found: ['ab', 'abcd'] },
  { pattern: '(?:ab|abcd)', text: 'abcd', found: ['abcd'] },
  { pattern: '\\p{Lu}\\p{Ll}+straße', text: 'die Ahornstraße', found: ['Ahornstraße'] },
  { pattern: '\\w+@acme', text: 'jürgen@acme', found: ['jürgen@acme'] },
  { pattern: '(?i)straße', text: 'STRASSE Straße STRAßE', found: ['Straße', 'STRAßE'] },
  { pattern: '(?i)project x', text: 'PROJECT X', found: ['PROJECT X'] },
  { pattern: '[^"]{3}', text: '"abc"de"', found: ['abc'] },
  { pattern: '"[^"]*"', text: 'say "a b" and "c"', found: ['"a b"', '"c"'] },
  { pattern: '^foo.*bar$', text: 'foo 1 bar\r\nxfoo bar\nfoo bar x', found: ['foo 1 bar'] },
  { pattern: 'a.c', text: 'a\nc a😀c', found: ['a😀c'] },
  { pattern: '😀{2}', text: '😀😀😀', found: ['😀😀'] },
  { pattern: '社\\p{Script=Han}秘', text: '【社外秘】', found: ['社外秘'] },
  { pattern: '[\\u{1f600}-\\u{1f64f}]x', text: '😁x', found: ['😁x'] },
  { pattern: '(?<year>\\d{4})-\\d\\d', text: '2026-01', found: ['2026-01'] },
  { pattern: 'a\\.b\\*', text: 'a.b* axb*', found: ['a.b*'] },
  { pattern: '[\\]\\-a]{2}', text: ']- b', found: [']-'] },
  { pattern: 'aa', text: 'aaaaa', found: ['aa', 'aa'] },
  { pattern: 'x{2}y?', text: 'xxy xx', found: ['xxy', 'xx'] },
  { pattern: '\\bcafé\\b', text: 'café cafés écafé', found: ['café'] },
];

describe('PatternSet', () => {
  for (const { pattern, text, found } of cases) {
    it(`finds ${JSON.stringify(found)} for ${pattern}`, () => {
      assert.deepEqual(
        findAll([pattern], text).map(([, value]) => value),
        found,
      );
    });
  }

  it('cuts a match at the longest length there is', () => {
    const [[, value = ''] = []] = findAll(['ab*'.concat('b')], `a${'b'.repeat(3_000)}`);
    assert.equal(value.length, maxPatternBytes);
    assert.deepEqual(findAll(['<[^>]*>'], `<${'x'.repeat(maxPatternBytes)}>`), []);
  });

  const piece = fc.constantFrom(
    ...['a', 'b', 'ab', '[ab]', '[^a]', '\\d', '.', '(?:a|bc)', 'a?', 'b*', 'c{1,3}', '(?:ab)+'],
  );
  const anyPattern = fc
    .array(piece, { minLength: 1, maxLength: 5 })
    .map((parts) => `ab${parts.join('')}`);
  const anyText = fc
    .array(fc.constantFrom('a', 'b', 'c', 'ab', 'abc', '1', ' ', '\n', 'ä'), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it('finds where the longest alternative of the runtime’s own expressions does', () => {
    fc.assert(
      fc.property(anyPattern, anyText, (pattern, text) => {
        const found = findAll([pattern], text);
        const whole = new RegExp(`^(?:${pattern})$`, 'u');
        for (const [, value] of found) assert.match(value, whole);
        const hasMatch = new RegExp(pattern, 'u').test(text);
        assert.equal(found.length > 0, hasMatch);
      }),
      { numRuns: 400 },
    );
  });

  it('finds the same together as alone, and in pieces as in one', () => {
    const patterns = fc.array(anyPattern, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(patterns, anyText, fc.integer({ min: 1, max: 30 }), (list, text, pieceBytes) => {
        const together = findAll(list, text);
        assert.deepEqual(findAll(list, text, { pieceBytes }), together);
        list.forEach((pattern, n) => {
          const alone = findAll([pattern], text).map(([, value]) => value);
          const mine = together.filter(([one]) => one === n).map(([, value]) => value);
          assert.deepEqual(mine, alone);
        });
      }),
      { numRuns: 200 },
    );
  });
});

/** Patterns that hang backtracking engines, or that have very many states. */
const hostile = [
  '(?:a+)+b',
  '(?:a|aa)+c',
  '(?:a*)*bc',
  'a.{60}b',
  '(?:.{0,30}a){3}b',
  '\\w+\\s*=\\s*\\w+;;',
  '(?:x?x?x?x?x?x?)xxxxxxy',
  'ab{1,500}c',
  '[ab]*[ab]*[ab]*cc',
];

describe('the steps that patterns cost', () => {
  const units = ['a', 'ab', 'aab', 'x', 'a'.repeat(61), 'aba c', 'a=a; ', '"', 'ä'];
  const anyUnit = fc.constantFrom(...units);

  it('grow with the text, not faster, whatever pattern and text are', () => {
    const lists = fc.uniqueArray(fc.constantFrom(...hostile), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(lists, fc.array(anyUnit, { minLength: 1, maxLength: 4 }), (list, parts) => {
        const unit = parts.join('');
        const stepsFor = (bytes: number): number => {
          const set = setOf(list);
          findAll(list, unit.repeat(bytes / Buffer.byteLength(unit)), { set, pieceBytes: 65_536 });
          return set.steps;
        };
        const [small, large] = [stepsFor(20_000), stepsFor(80_000)];
        assert.ok(large <= 4.5 * small + 100_000, `${small} then ${large}`);
      }),
      { numRuns: 25 },
    );
  });

  it('are never more than their edges and the length of a match allow, on random text', () => {
    const random = fc.array(fc.constantFrom('a', 'b', 'c', 'x', ' '), {
      minLength: 3_000,
      maxLength: 3_000,
      size: 'max',
    });
    fc.assert(
      fc.property(random, (parts) => {
        const text = parts.join('');
        const set = setOf(hostile);
        findAll(hostile, text, { set });
        const most = text.length * (hostile.length + set.size + 2 * maxPatternBytes);
        assert.ok(set.steps <= most, `${set.steps} of ${most}`);
      }),
      { numRuns: 10 },
    );
  });
});
