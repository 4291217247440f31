import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildExcerpt } from '../../src/engine/excerpt.ts';
import { ShownText, toOneLine } from '../../src/engine/shown-text.ts';

const manyChars = 400;
const shown = new ShownText(manyChars);

function excerptOf(before: string, after: string, values: readonly string[] = []): string {
  const bytes = new Uint8Array(Buffer.from(`${before}VALUE${after}`));
  const start = Buffer.byteLength(before);
  const value = { start, end: start + 5, mask: '###', values };
  return buildExcerpt(value, { bytes, offset: 0, end: bytes.length }, []);
}

const cases: readonly { title: string; before: string; after: string; excerpt: string }[] = [
  { title: 'shows text', before: 'pay to ', after: ' now', excerpt: 'pay to ### now' },
  { title: 'hides addresses', before: 'to a.b@c.de, ', after: '', excerpt: 'to *.*@*.**, ###' },
  { title: 'hides seven digits', before: '', after: ' 12 34-56.7 x', excerpt: '### ** **-**.* x' },
  { title: 'shows six digits', before: '', after: ' 12 34-56 x', excerpt: '### 12 34-56 x' },
  {
    title: 'hides long tokens with a digit',
    before: '',
    after: ' abcdefgh_ijklmn1 abcdefgh_ijklmnop',
    excerpt: '### ********_******* abcdefgh_ijklmnop',
  },
  {
    title: 'joins lines',
    before: 'a\r\n\tb\u200b ',
    after: '\u2028\ufffdc',
    excerpt: 'a b ###  c',
  },
  {
    title: 'counts characters, not code units',
    before: '😀'.repeat(50),
    after: '',
    excerpt: `${'😀'.repeat(40)}###`,
  },
  {
    title: 'hides a look-alike that it shows a part of',
    before: `7${'x'.repeat(60)}`,
    after: '',
    excerpt: `${'*'.repeat(40)}###`,
  },
];

for (const { title, before, after, excerpt } of cases) {
  test(`\`buildExcerpt()\` ${title}`, () => {
    assert.equal(excerptOf(before, after), excerpt);
  });
}

test('`buildExcerpt()` hides copies of a value', () => {
  assert.equal(excerptOf('is ', ' or Ann-Lee?', ['Ann-Lee']), 'is ### or ***-***?');
});

test('`ShownText` hides what expressions would hide, wherever it is cut', () => {
  const chars = fc.constantFrom(
    ...'aZ719@@ \t\n.-/_+="(;,<\u00a0\u00fc\u4e2d\u200b\ufeff\ufffd*',
    '😀',
  );
  const piece = fc.tuple(chars, fc.integer({ min: 1, max: 40 }));
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => {
    const whole = pieces.map(([char, times]) => char.repeat(times)).join('');
    return whole.slice(0, manyChars).toWellFormed();
  });
  fc.assert(
    fc.property(text, (any) => {
      const line = [...toOneLine(hideByExpressions(any))];
      assert.equal(shown.first(any, 40), line.slice(0, 40).join(''));
      assert.equal(shown.last(any, 40), line.slice(-40).join(''));
    }),
    { numRuns: 2_000 },
  );
});

function hideByExpressions(text: string): string {
  const hide = (part: string): string => part.replace(/[\p{L}\p{N}]/gu, '*');
  return text
    .replace(/[^\s"'<>(),;]{0,128}@[^\s"'<>(),;]{0,128}/gu, hide)
    .replace(/\d(?:[ \t\u00a0.\-/]{0,2}\d){6,}/gu, hide)
    .replace(/[\p{L}\p{N}_+/=-]{16,}/gu, (token) => (/\d/u.test(token) ? hide(token) : token));
}
