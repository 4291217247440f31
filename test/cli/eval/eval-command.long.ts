import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runCommand } from '../../support/run-command.ts';
import { useFolder } from '../../support/use-folder.ts';

const lines = [
  { id: 'a', entity: 'us_ssn', text: 'SSN 130-07-5728', polarity: 'positive' },
  { id: 'b', entity: 'us_ssn', text: 'SSN 000-12-3456', polarity: 'positive' },
  { id: 'c', entity: 'us_ssn', text: 'SSN 899-12-3456', polarity: 'negative' },
  { id: 'd', entity: 'us_ssn', text: 'part 17', polarity: 'negative' },
  { id: 'e', entity: 'xx_nothing', text: '17', polarity: 'positive' },
];
const jsonLines = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`;

const spansLabelled = {
  id: 'n',
  peer: 'presidio-research',
  entity: '*',
  kind: 'ner',
  polarity: 'positive',
  text: 'SSN 130-07-5728, not 899-12-3456. Nobody reads on.',
  spans: [
    { start: 4, end: 15, entity: 'US_SSN' },
    { start: 34, end: 40, entity: 'XX_NOTHING' },
  ],
};

interface Row {
  suite: string;
  entity: string | null;
  [key: string]: unknown;
}

interface Report {
  suites: Row[];
  entities: Row[];
  misses?: { id: string; text: string; unsure: { type: string }[] }[];
}

async function evaluate(...args: string[]): Promise<Report> {
  const { code, stdout, stderr } = await runCommand(['eval', '--format', 'json', ...args]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

describe('sensitivity eval', () => {
  test('counts positives found and negatives reported, by suite and entity', async (t) => {
    const file = join(useFolder(t), 'own.jsonl');
    writeFileSync(file, jsonLines);
    const { suites, entities, misses } = await evaluate(file);
    const counts = { positives: 2, found: 1, negatives: 2, reported: 1, right: 1, wrong: 1 };
    const ratios = { recall: 0.5, negativesReported: 0.5, precision: 0.5 };
    const nothing = { positives: 1, found: 0, negatives: 0, reported: 0, right: 0, wrong: 0 };
    assert.deepEqual(entities, [
      { suite: 'own', entity: 'us_ssn', types: ['us_ssn'], exists: true, ...counts, ...ratios },
      {
        ...{ suite: 'own', entity: 'xx_nothing', types: ['xx_nothing'], exists: false, ...nothing },
        ...{ recall: 0, negativesReported: null, precision: null },
      },
    ]);
    assert.deepEqual(suites, [
      {
        ...{ suite: 'own', entity: null, types: [], exists: true, ...counts, ...ratios },
        ...{ positives: 3, recall: 0.3333 },
      },
    ]);
    assert.equal(misses, undefined);
  });

  test('counts findings that are no span against precision, where all spans are labelled', async (t) => {
    const file = join(useFolder(t), 'presidio-research.jsonl');
    writeFileSync(file, JSON.stringify(spansLabelled));
    const { suites, entities } = await evaluate(file);
    const [total] = suites;
    assert.deepEqual(
      ['positives', 'found', 'right', 'wrong', 'recall', 'precision'].map((key) => total?.[key]),
      [2, 1, 1, 1, 0.5, 0.5],
    );
    const ssn = entities.find(({ entity }) => entity === 'US_SSN');
    assert.deepEqual([ssn?.['recall'], ssn?.['precision']], [1, 0.5]);
  });

  test('reads gzip by its first bytes, and the files of a folder', async (t) => {
    const folder = useFolder(t);
    writeFileSync(join(folder, 'one.jsonl'), jsonLines);
    writeFileSync(join(folder, 'two.jsonl.gz'), gzipSync(jsonLines));
    writeFileSync(join(folder, 'notes.txt'), 'no case');
    const { suites } = await evaluate(folder);
    assert.deepEqual(
      suites.map(({ suite, positives }) => [suite, positives]),
      [
        ['one', 3],
        ['two', 3],
      ],
    );
  });

  test('shows the cases that failed, and any text, only with --misses', async (t) => {
    const file = join(useFolder(t), 'own.jsonl');
    writeFileSync(file, jsonLines);
    const plain = await runCommand(['eval', file]);
    assert.ok(!plain.stdout.includes('000-12-3456'));
    const { stdout } = await runCommand(['eval', file, '--misses']);
    assert.match(stdout, /^own b us_ssn positive\n {2}missed {3}us_ssn 0–15 "SSN 000-12-3456"$/m);
    assert.match(stdout, /^own c us_ssn negative\n {2}wrong {4}us_ssn [\d.]+ 4–15 "899-12-3456"$/m);
    const { misses } = await evaluate(file, '--misses');
    assert.deepEqual(
      misses?.map(({ id }) => id),
      ['b', 'c', 'e'],
    );
  });

  test('tells of a missed value what lay below the minimum', async (t) => {
    const file = join(useFolder(t), 'own.jsonl');
    const text = 'mail jane@example.com for an example';
    writeFileSync(file, JSON.stringify({ entity: 'email', text, polarity: 'positive' }));
    const { misses } = await evaluate(file, '--misses');
    assert.ok(misses?.[0]?.unsure.some(({ type }) => type === 'email'));
    const { suites } = await evaluate(file, '--min-confidence', '0');
    assert.equal(suites[0]?.['recall'], 1);
  });

  test('prints Markdown, and says which types do not exist', async (t) => {
    const file = join(useFolder(t), 'own.jsonl');
    writeFileSync(file, jsonLines);
    const { stdout } = await runCommand(['eval', file, '--format', 'markdown']);
    assert.match(stdout, /^\| own \| 3 \| 1 \| 33\.3 \| 2 \| 1 \| 50\.0 \| 50\.0 \|$/m);
    assert.match(stdout, /^\| `xx_nothing` \| `xx_nothing` \| 1 \| 0 \|.*\| no such type \|$/m);
  });
});

/** Files that hold no cases: one line that names file, line and field; never the text. */
const wrong: { what: string; content: string | Buffer; line: RegExp }[] = [
  { what: 'not JSON', content: '{"text":"hush"', line: /own\.jsonl:1 is no labelled case: .*JSON/ },
  {
    what: 'without a text',
    content: `${JSON.stringify(lines[0])}\n{"entity":"x","polarity":"positive"}`,
    line: /own\.jsonl:2 is no labelled case: text: /,
  },
  {
    what: 'with another polarity',
    content: '{"entity":"x","text":"hush","polarity":"maybe"}',
    line: /own\.jsonl:1 is no labelled case: polarity: /,
  },
  {
    what: 'with a span beyond the text',
    content: JSON.stringify({ ...lines[0], text: 'hush', spans: [{ start: 1, end: 9 }] }),
    line: /own\.jsonl:1 is no labelled case: a span/,
  },
  {
    what: 'in a gzip file that is cut off',
    content: gzipSync(jsonLines).subarray(0, 60),
    line: /own\.jsonl cannot be read: unexpected end of file/,
  },
];

describe('sensitivity eval refuses', () => {
  for (const { what, content, line } of wrong) {
    test(`a case ${what}`, async (t) => {
      const file = join(useFolder(t), 'own.jsonl');
      writeFileSync(file, content);
      const { code, stdout, stderr } = await runCommand(['eval', file]);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, line);
      assert.ok(!stderr.includes('hush'));
    });
  }

  test('a folder without cases, and what is not there', async (t) => {
    const folder = join(useFolder(t), 'empty');
    mkdirSync(folder);
    for (const path of [folder, join(folder, 'nothing.jsonl')]) {
      const { code, stderr } = await runCommand(['eval', path]);
      assert.equal(code, 1);
      assert.match(stderr, /has no files that end in \.jsonl|ENOENT/);
    }
  });

  test('a confidence that is none', async () => {
    for (const value of ['2', '-1', 'x', '']) {
      const { code, stderr } = await runCommand(['eval', 'x', `--min-confidence=${value}`]);
      assert.equal(code, 2);
      assert.match(stderr, /number from 0 to 1/);
    }
  });
});
