import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectors } from '../../src/engine/detector-list.ts';
import { iban } from '../../src/engine/detectors/iban.ts';
import { runCommand } from '../support/run-command.ts';

interface Summary {
  id: string;
  category: string;
  hits: number;
  misses: number;
}

async function list(...args: string[]): Promise<Summary[]> {
  const { code, stdout, stderr } = await runCommand(['detectors', ...args, '--format', 'json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Summary[];
}

describe('sensitivity detectors', () => {
  test('lists every detector with the number of its examples', async () => {
    const found = await list();
    const expected = detectors.map(({ id, hits, misses }) => [id, hits.length, misses.length]);
    assert.deepEqual(
      found.map(({ id, hits, misses }) => [id, hits, misses]),
      expected,
    );
  });

  test('prints a line a detector as a table and as JSON lines', async () => {
    const table = await runCommand(['detectors']);
    const jsonl = await runCommand(['detectors', '--format', 'jsonl']);
    assert.equal(table.stdout.trimEnd().split('\n').length, detectors.length + 1);
    const ids = jsonl.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Summary).id);
    assert.deepEqual(
      ids,
      detectors.map(({ id }) => id),
    );
  });

  for (const { args, holds, lacks } of [
    { args: ['--category', 'financial'], holds: 'credit_card', lacks: 'email' },
    { args: ['ISO 13616'], holds: 'iban', lacks: 'credit_card' },
    { args: ['ssn'], holds: 'us_ssn', lacks: 'iban' },
    { args: ['Kontonummer'], holds: 'iban', lacks: 'email' },
    { args: ['private_key', '--category', 'contact'], holds: null, lacks: 'private_key' },
  ]) {
    test(`${args.join(' ')} leaves ${holds ?? 'nothing'}, not ${lacks}`, async () => {
      const ids = (await list(...args)).map(({ id }) => id);
      if (holds === null) assert.deepEqual(ids, []);
      else assert.ok(ids.includes(holds));
      assert.ok(!ids.includes(lacks));
    });
  }

  test('show tells all of one: anchors, context words by language, hits and misses', async () => {
    const { stdout } = await runCommand(['detectors', 'show', 'iban']);
    const german = iban.context[0]?.words.de ?? [];
    assert.match(stdout, /^iban\n {2}category +financial\n {2}weight +0\.4\n/);
    assert.match(stdout, /^ {2}anchors +\w+: /m);
    assert.match(stdout, /^ {2}sources +ISO 13616-1; /m);
    assert.ok(stdout.includes(`  de  ${german.join(', ')}`));
    for (const { text } of iban.hits) assert.ok(stdout.includes(JSON.stringify(text)));
    for (const text of iban.misses) assert.ok(stdout.includes(JSON.stringify(text)));
  });

  test('show as JSON is the detector as declared', async () => {
    const { stdout } = await runCommand(['detectors', 'show', 'iban', '--format', 'json']);
    assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(iban)));
  });

  for (const { args, line } of [
    { args: ['show', 'us-ssn'], line: /no detector "us-ssn"; did you mean us_ssn\?/ },
    { args: ['show'], line: /missing required argument 'id'/ },
    { args: ['--category', 'pets'], line: /--category must be one of .*financial.*, not "pets"/ },
    { args: ['show', 'iban', '--format', 'table'], line: /Allowed choices are text, json/ },
  ]) {
    test(`"detectors ${args.join(' ')}" is answered with one line and exit code 2`, async () => {
      const { code, stdout, stderr } = await runCommand(['detectors', ...args]);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, line);
      assert.equal(stderr.trim().split('\n').length, 1);
    });
  }
});
