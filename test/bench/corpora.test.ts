import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CorpusName, corpusNames, openCorpus } from '../../bench/corpora.ts';

function read(name: CorpusName, characters: number): string {
  const next = openCorpus(name);
  let text = '';
  while (text.length < characters) text += next();
  return text;
}

describe('a corpus', () => {
  for (const name of corpusNames) {
    it(`of ${name} is the same each time it is opened, and goes on without repeating`, () => {
      const text = read(name, 100_000);
      assert.equal(read(name, 100_000), text);
      assert.equal(text.indexOf(text.slice(0, 200), 1), -1);
    });
  }

  it('of csv has as many cells in each row as in its header', () => {
    const rows = read('csv', 50_000).trimEnd().split('\n');
    assert.deepEqual([...new Set(rows.map((row) => row.split(',').length))], [9]);
  });

  it('of one line has no line break', () => {
    assert.ok(!read('one line', 100_000).includes('\n'));
  });

  it('of json is objects that parse', () => {
    const text = read('json', 50_000);
    assert.ok(Array.isArray(JSON.parse(`[${text.trimEnd().slice(0, -1)}]`)));
  });

  it('of prose has words whose frequency falls with their rank, as in any text', () => {
    const counts = new Map<string, number>();
    for (const [word] of read('prose', 300_000)
      .toLowerCase()
      .matchAll(/\p{L}+/gu)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const ranked = [...counts.values()].sort((a, b) => b - a);
    const ratio = (ranked[0] ?? 0) / (ranked[9] ?? 1);
    assert.ok(ratio > 5 && ratio < 20, `the first word comes ${ratio} times as often as the tenth`);
  });
});
