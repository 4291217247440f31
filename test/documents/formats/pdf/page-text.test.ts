import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PageText, type TextRun } from '../../../../src/documents/formats/pdf/page-text.ts';

/** A run of characters half as wide as they are high. */
function run(str: string, x: number, y: number, options: Partial<TextRun> = {}): TextRun {
  const width = str.length * 5;
  return { str, width, height: 10, transform: [10, 0, 0, 10, x, y], hasEOL: false, ...options };
}

function join(runs: readonly TextRun[]): string {
  let text = '';
  const page = new PageText((piece) => {
    text += piece;
  });
  for (const item of runs) page.add(item);
  page.finish();
  return text;
}

const cases: [name: string, runs: TextRun[], text: string][] = [
  ['nothing', [], ''],
  ['touching runs', [run('Hel', 0, 0), run('lo', 15, 0)], 'Hello\n'],
  ['a gap of a space', [run('one', 0, 0), run('two', 18, 0)], 'one two\n'],
  ['a space that is there', [run('one ', 0, 0), run('two', 23, 0)], 'one two\n'],
  ['a wide gap', [run('one', 0, 0), run('two', 80, 0)], 'one\ttwo\n'],
  ['lines', [run('one', 0, 20), run('two', 0, 8)], 'one\ntwo\n'],
  ['lines that are told', [run('one', 0, 20, { hasEOL: true }), run('two', 0, 20)], 'one\ntwo\n'],
  [
    'a superscript',
    [run('note', 0, 0), run('1', 20, 4, { height: 6, width: 3 }), run('.', 23, 0)],
    'note1.\n',
  ],
  [
    'what is written into a line later',
    [run('Name: ____', 0, 0), run('Ann', 30, 0)],
    'Name: ____\nAnn\n',
  ],
  ['columns', [run('right', 300, 0), run('left', 0, 0)], 'right\nleft\n'],
  [
    'text that stands upright',
    [
      run('one', 50, 0, { transform: [0, 10, -10, 0, 50, 0] }),
      run('two', 50, 18, { transform: [0, 10, -10, 0, 50, 18] }),
      run('next', 62, 0, { transform: [0, 10, -10, 0, 62, 0] }),
    ],
    'one two\nnext\n',
  ],
];

describe('PageText', () => {
  for (const [name, runs, text] of cases) {
    it(`joins ${name}`, () => assert.equal(join(runs), text));
  }

  it('tells blank pages', () => {
    const page = new PageText(() => {});
    page.add(run(' ', 0, 0));
    assert.equal(page.hasText, false);
    page.add(run('x', 10, 0));
    assert.equal(page.hasText, true);
  });
});
