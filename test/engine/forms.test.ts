import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileAnchors } from '../../src/engine/anchor-index.ts';
import { compileContext } from '../../src/engine/context-terms.ts';
import { parseForm } from '../../src/engine/form.ts';
import { eventKind, eventSize, Kernel } from '../../src/engine/kernel/kernel.ts';
import { shapedDetector } from '../../src/engine/shaped-detector.ts';
import { scan } from './scan-for-test.ts';

const forms = [
  '9{9}',
  '9{3}s9{2}s9{4}',
  '9{2}.9{3}.9{3}-N',
  'A{2}9{7}',
  'A{1,3} A{1,2} 9{1,4}',
  'de9{9}',
  '9{6}-{0,1}9{4}',
  'A9{3}N{2,4}',
  'N{13}9{4}',
];

/** The same form as a regular expression, to compare with. */
function toRegex(form: string): RegExp {
  const body = form.replace(/([9ANs.]|[^{}\d,])(\{[\d,]+\})?/g, (_, char: string, count = '') => {
    const atom = { 9: '\\d', A: '[A-Za-z]', N: '[A-Za-z0-9]', s: '§', '.': '\\.' }[char];
    const literal = char === char.toUpperCase() ? char : `[${char}${char.toUpperCase()}]`;
    return `${atom ?? literal}${count}`;
  });
  const variants = [' ', '\u00a0', '-', '\\.'].map((separator) => body.replaceAll('§', separator));
  return new RegExp(`^(?:${variants.join('|')})$`);
}

/** Whether the kernel finds the form complete from the text's beginning to its end. */
function readsWhole(form: string, text: string): boolean {
  const encoded = new TextEncoder().encode(text);
  const detector = shapedDetector({
    id: 'test_form',
    category: 'identity',
    weight: 0.5,
    shapes: [{ name: 'form', form, base: 1 }],
    sources: [],
    context: [],
    hits: [],
    misses: [],
  });
  const kernel = new Kernel(compileAnchors([detector]), compileContext([detector]), 256);
  kernel.text.set(encoded);
  kernel.setTextEnd(encoded.length);
  kernel.findCandidates(0, encoded.length);
  return Array.from({ length: kernel.eventCount }, (_, n) =>
    kernel.events.subarray(n * eventSize, (n + 1) * eventSize),
  ).some(
    ([kind, start, end]) => kind === eventKind.reading && start === 0 && end === encoded.length,
  );
}

const anyText = fc
  .array(fc.constantFrom('1', '23', '4567', 'A', 'bc', 'DE', '-', '.', ' ', '\u00a0'), {
    minLength: 1,
    maxLength: 7,
  })
  .map((parts) => parts.join(''));

describe('a form', () => {
  for (const form of forms) {
    it(`${form} is read where the same regular expression matches`, () => {
      const regex = toRegex(form);
      fc.assert(
        fc.property(fc.oneof(anyText, fc.stringMatching(regex)), (text) => {
          const letters = /^[A-Za-z]*/.exec(text)?.[0].length ?? 0;
          fc.pre(/\d/.test(text) && letters <= 8);
          assert.equal(readsWhole(form, text), regex.test(text));
        }),
      );
    });
  }

  it('has a variant for each separator', () => {
    assert.equal(parseForm('9s9').length, 4);
    assert.equal(parseForm('9-9').length, 1);
  });

  it('with a sign that means nothing is refused', () => {
    assert.throws(() => parseForm('9B9'), /stands for nothing/);
  });
});

describe('shapedDetector()', () => {
  const detector = shapedDetector({
    id: 'test_number',
    category: 'identity',
    weight: 0.5,
    shapes: [
      { name: 'grouped', form: '9{3} 9{3}', base: 0.7 },
      { name: 'coded', form: 'A{2}9{4}', base: 0.8 },
      { name: 'weak', form: '9{5}', base: 0.1 },
    ],
    check: (compact) => (compact.endsWith('0') ? undefined : { validator: 'last:passed' }),
    sources: [],
    context: [{ effect: 0.8, words: { en: ['badge'] } }],
    hits: [],
    misses: [],
  });
  const cases: readonly [text: string, confidences: readonly number[]][] = [
    ['123 456', [0.7]],
    ['123 450', []],
    ['12 123 456', []],
    ['123 456 78', []],
    ['x123 456', []],
    ['123 456-7', []],
    ['123 456.', [0.7]],
    ['AB1234', [0.8]],
    ['path/AB1234', [0.6]],
    ['badge ab1234', [0.88]],
    ['AB1234.pdf', []],
    ['AB1234_1', []],
    ['-AB1234', [0.8]],
    ['X-AB1234', []],
    ['12345', []],
    ['badge 12345', [0.82]],
    ['$12345 badge', []],
    ['+12345 badge', []],
    ['工号12345 badge', [0.676]],
    ['AB1234 and 123 456', [0.8, 0.7]],
  ];
  for (const [text, confidences] of cases) {
    it(`gives ${confidences.join(', ') || 'nothing'} for "${text}"`, () => {
      const { findings } = scan(text, { detectors: [detector] });
      assert.deepEqual(
        findings.map((finding) => finding.confidence),
        confidences,
      );
    });
  }

  it('masks all but the end of a value', () => {
    const [finding] = scan('badge AB1234', { detectors: [detector] }).findings;
    assert.ok(finding?.excerpt.includes('****34'));
  });
});
