import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesGlob } from '../../src/engine/path-glob.ts';

const cases: [glob: string, path: string, fits: boolean][] = [
  ['*.md', 'docs/a/readme.md', true],
  ['*.md', 'readme.mdx', false],
  ['docs/*.md', 'docs/readme.md', true],
  ['docs/*.md', 'docs/a/readme.md', false],
  ['docs/**', 'docs/a/b/c', true],
  ['docs/**/x.txt', 'docs/x.txt', true],
  ['docs/**/x.txt', 'docs/a/b/x.txt', true],
  ['docs/', 'docs/a/b', true],
  ['**/fixtures/**', 'test/fixtures/a.txt', true],
  ['**/fixtures/**', 'fixtures/a.txt', true],
  ['**/fixtures/**', 'test/fixtures-old/a.txt', false],
  ['report-?.txt', 'report-1.txt', true],
  ['report-?.txt', 'report-12.txt', false],
  ['./a/b', 'a/b', true],
  ['/a/b', 'a/b', true],
  ['a/*', 'a\\b', true],
  ['a*b*c', 'aXXbYYc', true],
  ['a*b*c', 'aXXbYY', false],
  ['ü*', 'über.txt', true],
];

describe('matchesGlob()', () => {
  for (const [glob, path, fits] of cases) {
    it(`${glob} ${fits ? 'fits' : 'does not fit'} ${path}`, () => {
      assert.equal(matchesGlob(glob, path), fits);
    });
  }

  it('answers at once on a glob made to be slow', () => {
    assert.equal(matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5_000)), false);
  });
});
