import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsePattern } from '../../../src/engine/patterns/parse-pattern.ts';
import { PatternSet } from '../../../src/engine/patterns/pattern-set.ts';
import { PatternError } from '../../../src/engine/patterns/pattern-syntax.ts';

const refused: [pattern: string, message: RegExp, at: number][] = [
  ['a', /demand 2 characters/, 0],
  ['x*', /demand 2 characters/, 0],
  ['ab|', /demand 2 characters/, 0],
  ['(ab', /has no \)/, 0],
  ['ab)', /no \( for this/, 2],
  ['[ab', /has no \]/, 0],
  ['[z-a]b', /a range in/, 2],
  ['[[:digit:]]b', /\\p\{…\} or \\d/, 1],
  ['ab{3}{2}', /cannot be repeated/, 8],
  ['"ab.*?"', /longest match counts/, 5],
  ['ab++', /longest match counts/, 3],
  ['*ab', /nothing for \* to repeat/, 0],
  ['(?=ab)cd', /linear time/, 0],
  ['(?<!ab)cd', /linear time/, 0],
  ['(ab)\\1', /linear time/, 4],
  ['ab\\bcd', /beginning or the end/, 2],
  ['(?:^ab|cd)e', /beginning or the end/, 3],
  ['ab{2000}', /may count to 1000/, 2],
  ['ab{3,2}', /not be the smaller/, 2],
  ['\\p{Nothing}b', /\\p\{L\}/, 0],
  ['ab\\q', /no meaning here/, 2],
  ['ab\\', /single \\/, 2],
  ['\\w{500}\\d{500}', /over 600 characters/, 0],
  [`${'(?:'.repeat(60)}ab${')'.repeat(60)}`, /nested over 40/, 123],
  ['(?:a?){300}bb', /left out/, 0],
  ['a'.repeat(1_001), /over 1000 characters/, 0],
];

describe('parsePattern()', () => {
  for (const [pattern, message, at] of refused) {
    it(`refuses ${pattern.slice(0, 40)} and says where and why`, () => {
      assert.throws(
        () => new PatternSet([{ regex: pattern, ignoreCase: false }]),
        (error: unknown) => {
          assert.ok(error instanceof PatternError);
          assert.match(error.message, message);
          assert.equal(error.at, at);
          return true;
        },
      );
    });
  }

  it('takes any text or refuses it with a PatternError, quickly', () => {
    const piece = fc.constantFrom(
      ...['a', '\\d', '\\p{L}', '[', ']', '(', '(?:', ')', '|', '{2,3}', '*', '+', '?', '^'],
      ...['\\', '-', '.', '{', '}', '\\b', '😀', '[^a]', '{1000}', '(?i)', '$'],
    );
    const anyPattern = fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        try {
          parsePattern(pattern);
        } catch (error) {
          assert.ok(error instanceof PatternError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
