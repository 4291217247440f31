import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileAnchors } from '../../src/engine/anchor-index.ts';
import { isAsciiLetter, isContinuation, isDigit, isLetter } from '../../src/engine/byte-classes.ts';
import { compileContext } from '../../src/engine/context-terms.ts';
import type { Anchors, Detector } from '../../src/engine/detector.ts';
import { detectors } from '../../src/engine/detector-list.ts';
import { eventKind, eventSize, Kernel, wordSize } from '../../src/engine/kernel/kernel.ts';
import { endsWord, matchTerm, TermIndex } from '../../src/engine/term-index.ts';

const words = [
  'key',
  'dx',
  'password',
  'sk live',
  'iban',
  'a.k.',
  'geburtsdatum',
  'straße',
  '工号',
];
const contextWords = ['card', 'id', 'card number', 'e mail', 'numéro', 'ssn', 'κωδικός', '电话'];
const template = detectors[0] as Detector;

function detectorWith(anchors: Anchors): Detector {
  const context = [{ effect: 0.3, words: { en: contextWords } }];
  return { ...template, id: 'test_type', anchors, context, heedsExampleWords: false };
}

interface Found {
  events: number[][];
  words: number[][];
}

const kernels = new Map<Detector, Kernel>();

function kernelOf(detector: Detector): Kernel {
  const kernel =
    kernels.get(detector) ??
    new Kernel(compileAnchors([detector]), compileContext([detector]), 4_096);
  kernels.set(detector, kernel);
  return kernel;
}

/** Runs the kernel over a text in steps of `step` bytes. */
function run(detector: Detector, text: string, step = 1e9): Found {
  const bytes = new TextEncoder().encode(text);
  const kernel = kernelOf(detector);
  kernel.clear();
  kernel.text.set(bytes);
  kernel.setTextEnd(bytes.length);
  const found: Found = { events: [], words: [] };
  for (let at = 0; at < bytes.length; ) {
    at = kernel.findCandidates(at, Math.min(bytes.length, at + step));
    for (let n = 0; n < kernel.eventCount; n++) {
      found.events.push([...kernel.events.subarray(n * eventSize, (n + 1) * eventSize)]);
    }
    for (let n = 0; n < kernel.wordCount; n++) {
      found.words.push([...kernel.passedWords.subarray(n * wordSize, (n + 1) * wordSize)]);
    }
  }
  return found;
}

const pieces = [
  ...words,
  ...contextWords,
  ...words.map((word) => word.toUpperCase()),
  ...contextWords.map((word) => word.replace(/^./, (letter) => letter.toUpperCase())),
  ...[
    '_',
    '-',
    ' ',
    '  ',
    '.',
    '\n',
    '\\n',
    '\t',
    '=',
    ':',
    '://',
    '"',
    '(',
    '@',
    '9',
    '42',
    '2031',
  ],
  ...['x', 'Zz', 'camelCase', 'ä', 'É', '“', '\u00a0', '。', '😀', 'lorem ipsum dolor sit amet '],
];
const anyText = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(''));

/** Whether detectors are asked for words at `at`: a letter behind something else. */
function startsAnchor(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] as number;
  const before = at === 0 ? 0 : (bytes[at - 1] as number);
  return isAsciiLetter(byte) && !isLetter(before) && !isDigit(before);
}

describe('the kernel', () => {
  it('finds every term that starts a word, and no other', () => {
    const detector = detectorWith({ words });
    const { lists } = new TermIndex(words);
    const terms = [...new Set(lists.flat())];
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = new TextEncoder().encode(text);
        const expected = new Set<string>();
        for (let at = 0; at < bytes.length; at++) {
          if (!startsAnchor(bytes, at)) continue;
          const ends = terms.map((term) => matchTerm(term, bytes, at, bytes.length));
          if (ends.some((end) => end >= 0)) expected.add(String(at));
        }
        const ascii = run(detector, text).events.filter(
          ([kind, start = 0]) => kind === eventKind.term && startsAnchor(bytes, start),
        );
        assert.deepEqual(new Set(ascii.map(([, start]) => String(start))), expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds every context word that is a word of its own', () => {
    const detector = detectorWith({ words: ['zzz'] });
    const { words: known, index } = compileContext([detector]);
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = new TextEncoder().encode(text);
        const expected: string[] = [];
        for (let at = 0; at < bytes.length; at++) {
          const before = at === 0 ? 0 : (bytes[at - 1] as number);
          const byte = bytes[at] as number;
          // Of other scripts only what stands behind ASCII is looked at here.
          if (before >= 0x80 || isContinuation(byte) || !isLetter(byte)) continue;
          const isHump =
            /[A-Z]/.test(String.fromCharCode(byte)) && before >= 0x61 && before <= 0x7a;
          if (isAsciiLetter(before) && !isHump && byte < 0xe3) continue;
          for (const term of new Set(index.lists.flat())) {
            const end = matchTerm(term, bytes, at, bytes.length);
            if (end < 0 || !endsWord(bytes, at, end, bytes.length)) continue;
            expected.push(`${at} ${end} ${known[term.id]}`);
          }
        }
        const found = run(detector, text).words.map(
          ([start, end, word = 0]) => `${start} ${end} ${known[word]}`,
        );
        assert.deepEqual(
          [...new Set(expected)].filter((word) => !found.includes(word)),
          [],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('asks at a sign when what stands around it fits', () => {
    const cases: readonly [text: string, places: readonly number[]][] = [
      ['a=1', []],
      ['a="1', [1]],
      ['="x', []],
      ['a=é', [1]],
      ['n:12:4', [1]],
      ['n:12x4', []],
      ['pass = 3>', [8]],
      ['PASS-WORD>', [9]],
      ['word >', []],
      [`token${' '.repeat(75)}>`, [80]],
      [`token${' '.repeat(124)}>`, []],
      [`${'x'.repeat(63)}>${' '.repeat(63)}tokens>`, [133]],
    ];
    const detector = detectorWith({
      signs: [
        { sign: '=', before: '\\w', after: '"\\x80' },
        { sign: ':', ahead: { 3: ':' } },
        { sign: '>', heads: ['pas', 'toke'] },
      ],
    });
    for (const [text, places] of cases) {
      const found = run(detector, text).events.filter(([kind]) => kind === eventKind.sign);
      assert.deepEqual(
        found.map(([, start]) => start),
        places,
        JSON.stringify(text),
      );
    }
  });

  it('counts lines before what it finds', () => {
    const detector = detectorWith({ signs: [{ sign: '@' }] });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, step) => {
        let line = 1;
        let lineStart = 0;
        const bytes = new TextEncoder().encode(text);
        for (const [kind, start = 0, , lines = 0] of run(detector, text, step).events) {
          if (kind === eventKind.line) {
            line += lines;
            lineStart = start;
            continue;
          }
          const before = Buffer.from(bytes.subarray(0, start)).toString();
          assert.equal(line, before.split('\n').length);
          assert.equal(lineStart, bytes.subarray(0, start).lastIndexOf(0x0a) + 1);
        }
      }),
    );
  });

  it('finds the same in steps of any size', () => {
    const detector = detectorWith({ words, signs: [{ sign: ':' }], forms: [{ form: '9{2,4}' }] });
    const without = ({ events, words: found }: Found): Found => ({
      events: events.filter(([kind]) => kind !== eventKind.line),
      words: found,
    });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, step) => {
        assert.deepEqual(without(run(detector, text, step)), without(run(detector, text)));
      }),
    );
  });

  it('goes on where it stopped when it has no more room for what it finds', () => {
    const detector = detectorWith({ words: ['key'], signs: [{ sign: '@' }] });
    const text = new TextEncoder().encode('id key@@\n'.repeat(20_000));
    const kernel = new Kernel(compileAnchors([detector]), compileContext([detector]), text.length);
    kernel.text.set(text);
    kernel.setTextEnd(text.length);
    const found = { lines: 0, terms: 0, signs: 0, words: 0, calls: 0 };
    for (let at = 0; at < text.length; found.calls++) {
      at = kernel.findCandidates(at, text.length);
      found.words += kernel.wordCount;
      for (let n = 0; n < kernel.eventCount; n++) {
        const kind = kernel.events[n * eventSize];
        if (kind === eventKind.line) found.lines += kernel.events[n * eventSize + 3] as number;
        else if (kind === eventKind.term) found.terms++;
        else if (kind === eventKind.sign) found.signs++;
      }
    }
    const { calls, ...counts } = found;
    assert.deepEqual(counts, { lines: 20_000, terms: 20_000, signs: 40_000, words: 20_000 });
    assert.ok(calls > 1);
  });

  it('counts characters', () => {
    const kernel = kernelOf(detectorWith({}));
    fc.assert(
      fc.property(anyText, fc.nat(300), (text, count) => {
        const bytes = new TextEncoder().encode(text);
        kernel.clear();
        kernel.text.set(bytes);
        kernel.setTextEnd(bytes.length);
        const chars = [...text];
        assert.equal(kernel.countCharacters(0, bytes.length), chars.length);
        const rest = chars.slice(0, Math.max(0, chars.length - count)).join('');
        assert.equal(kernel.charactersBack(bytes.length, count), Buffer.byteLength(rest));
        const last = bytes.findLastIndex((byte) => byte >= 0x80);
        assert.equal(kernel.lastBeyondAscii(0, bytes.length), last);
      }),
    );
  });
});
