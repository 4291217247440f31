import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { FileResult } from '../../../src/cli/scan/file-result.ts';
import { unscanned } from '../../../src/cli/scan/file-result.ts';
import { csvReporter } from '../../../src/cli/scan/reporters/csv-reporter.ts';
import { jsonReporter } from '../../../src/cli/scan/reporters/json-reporter.ts';
import { jsonlReporter } from '../../../src/cli/scan/reporters/jsonl-reporter.ts';
import type { Reporter } from '../../../src/cli/scan/reporters/reporter.ts';
import { sarifReporter } from '../../../src/cli/scan/reporters/sarif-reporter.ts';
import { tableReporter } from '../../../src/cli/scan/reporters/table-reporter.ts';
import { type ScanSummary, SummaryCounter } from '../../../src/cli/scan/summary.ts';
import type { Label } from '../../../src/engine/types.ts';
import { makeCard, makeIban, makeLetter } from '../../support/sensitive-values.ts';
import { parseLines, scan, useFiles } from './scan-folder.ts';

const load = createRequire(import.meta.url);

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: {
    physicalLocation: {
      artifactLocation: { uri: string; uriBaseId?: string };
      region: Record<string, number>;
    };
  }[];
  partialFingerprints: Record<string, string>;
}

interface Sarif {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: SarifResult[];
    invocations: {
      executionSuccessful: boolean;
      toolExecutionNotifications: { message: { text: string } }[];
    }[];
  }[];
}

/** The standard's own schema; one of its patterns is none with the flag `u`. */
const ajv = new AjvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(
  load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object,
);

function parseSarif(text: string): Sarif['runs'][0] {
  const log = JSON.parse(text) as Sarif;
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 2));
  const [run] = log.runs;
  assert.ok(run);
  return run;
}

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  const [names = [], ...others] = rows;
  return others
    .filter((row) => row.length === names.length)
    .map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}

const labels: Label[] = ['public', 'internal', 'confidential', 'restricted'];

/** Text as it may stand in a file's name or an excerpt. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    '"a", b',
    'x{0}y',
    '[a](1)',
    '\u202egpj',
    '日本\n語',
    'C:\\x',
    '-x',
    '%41',
  ),
);

const anyFinding = fc.record({
  type: fc.constantFrom('credit_card', 'us_ssn', 'some_key'),
  category: fc.constantFrom('financial' as const, 'identity' as const),
  confidence: fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
  place: fc.record({
    offset: fc.nat(),
    length: fc.nat(),
    line: fc.integer({ min: 1, max: 10_000 }),
    column: fc.integer({ min: 1, max: 10_000 }),
  }),
  excerpt: anyText,
  fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
});

const anyScanned = fc
  .tuple(fc.array(anyFinding, { maxLength: 20 }), fc.constantFrom(...labels), fc.nat(100))
  .map(([findings, label, score]) => ({
    ...unscanned('failed', '', 10),
    media_type: 'text/plain',
    status: 'scored' as const,
    status_reason: null,
    score,
    label,
    findings,
    findings_total: findings.length,
  }));

const anyResult: fc.Arbitrary<FileResult> = fc
  .tuple(
    anyText.filter((text) => text !== '' && !text.includes('\0')),
    fc.oneof(
      { weight: 4, arbitrary: anyScanned },
      { weight: 1, arbitrary: fc.constant(unscanned('failed', 'unreadable:EACCES')) },
      { weight: 1, arbitrary: fc.constant(unscanned('skipped', 'symbolic_link')) },
    ),
  )
  .map(([path, scanned]) => ({ path, ...scanned }));

const anyResults = fc.array(anyResult, { maxLength: 8 });

function write(
  reporter: Reporter,
  results: readonly FileResult[],
): { text: string; summary: ScanSummary } {
  const counter = new SummaryCounter('never');
  for (const result of results) counter.add(result, { byFindings: true });
  const scanned = { complete: true, ignored: 0, inBaseline: null, policyVersion: 'test' };
  const summary = counter.finish(scanned);
  const files = results.map((result) => reporter.file(result));
  return { text: [reporter.begin(), ...files, reporter.end(summary)].join(''), summary };
}

describe('whatever is found, it comes back', () => {
  test('from JSON and JSON lines as it was', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const { text, summary } = write(jsonReporter(), results);
        const { files, summary: read } = JSON.parse(text) as Record<string, unknown>;
        assert.deepEqual(files, JSON.parse(JSON.stringify(results)));
        assert.deepEqual(read, summary);
        assert.deepEqual(parseLines(write(jsonlReporter(), results).text), files);
      }),
    );
  });

  test('from CSV, a row a finding, none of which is a formula', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const rows = parseCsv(write(csvReporter(), results).text);
        const found = results.flatMap(({ path, findings }) =>
          findings.map((one) => ({ path, one })),
        );
        assert.equal(rows.length, found.length);
        for (const [index, { path, one }] of found.entries()) {
          const row = rows[index] ?? {};
          assert.equal(row['path']?.replace(/^\.\/(?=[=+@\t\r-])/, ''), path);
          assert.equal(row['excerpt']?.replace(/^'(?=['=+@\t\r-])/, ''), one.excerpt);
          assert.equal(Number(row['offset']), one.place.offset);
          for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        }
      }),
    );
  });

  test('from SARIF that is valid, with the rule of each', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const run = parseSarif(write(sarifReporter(), results).text);
        const findings = results.flatMap((result) => result.findings);
        assert.deepEqual(
          run.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id),
          findings.map(({ type }) => type),
        );
        const problems = results.filter(({ status }) => status === 'failed').length;
        assert.equal(run.invocations[0]?.toolExecutionNotifications.length, problems);
        assert.equal(run.invocations[0]?.executionSuccessful, problems === 0);
      }),
      { numRuns: 40 },
    );
  });

  test('in a table in which no name or excerpt makes a line of its own or moves the cursor', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const options = { showsAll: true, hasColor: false };
        const { text } = write(tableReporter(options), results);
        assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
        const titles = text
          .split('\n')
          .filter((line) => /^(?:public|internal|conf|restr|failed|skipped)/.test(line));
        assert.equal(titles.length, results.length);
      }),
    );
  });
});

test('no report of any format has a matched value', async (t) => {
  const cwd = useFiles(t, { a: makeLetter('secret'), 'b/c': makeLetter('secret').repeat(30) });
  for (const format of ['table', 'json', 'jsonl', 'csv', 'sarif']) {
    const { stdout, code } = await scan(t, ['.', '--format', format], { cwd });
    assert.equal(code, 1);
    assert.match(stdout, /credit_card/);
    for (const value of [makeCard('secret'), makeIban('secret')]) {
      assert.ok(!stdout.replaceAll(/[\s-]/g, '').includes(value), format);
    }
  }
});

test('SARIF tells places relative to the folder, with rules, levels and fingerprints', async (t) => {
  const cwd = useFiles(t, {
    'a b/ü#.txt': makeLetter('sarif'),
    'low.txt': 'Mail: somebody.else@mail-relay.eu\n',
  });
  const { stdout } = await scan(t, ['.', 'gone', '--format', 'sarif'], { cwd });
  const run = parseSarif(stdout);
  const [first] = run.results;
  assert.ok(first);
  const { artifactLocation, region } = first.locations[0]?.physicalLocation ?? {};
  assert.deepEqual(artifactLocation, { uri: 'a%20b/%C3%BC%23.txt', uriBaseId: '%SRCROOT%' });
  const offset = makeLetter('sarif').indexOf(makeCard('sarif'));
  assert.deepEqual(region, { startLine: 2, startColumn: 30, byteOffset: offset, byteLength: 16 });
  assert.deepEqual([first.ruleId, first.level], ['credit_card', 'error']);
  assert.match(first.partialFingerprints['sensitivityValue/v1'] ?? '', /^[0-9a-f]{32}$/);
  assert.deepEqual(
    run.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
    ['credit_card error', 'iban error', 'email note'],
  );
  assert.equal(run.invocations[0]?.toolExecutionNotifications.length, 1);
  assert.ok(!stdout.includes(cwd), 'no absolute path of the machine');
  const outside = await scan(t, [cwd, '--format', 'sarif'], { cwd: '/' });
  const uri = parseSarif(outside.stdout).results[0]?.locations[0]?.physicalLocation
    .artifactLocation;
  assert.deepEqual(uri, { uri: `${cwd.slice(1)}/a%20b/%C3%BC%23.txt`, uriBaseId: '%SRCROOT%' });
});

test('the table shows 15 findings of a type and counts the rest', async (t) => {
  const letters = Array.from({ length: 20 }, (_, n) => makeLetter(`many ${n}`)).join('');
  const cwd = useFiles(t, { a: letters, clean: 'nothing' });
  const { stdout } = await scan(t, ['.'], { cwd });
  assert.equal(stdout.match(/^ +\d+:\d+ {2}iban /gm)?.length, 15);
  assert.match(stdout, /^ {4}and 5 credit_card, 5 iban more$/m);
  assert.match(
    stdout,
    /^scanned +2 files, .*: 1 restricted, 0 confidential, 0 internal, 1 public$/m,
  );
  assert.match(stdout, /^found +40: 20 credit_card, 20 iban$/m);
  assert.doesNotMatch(stdout, /clean/);
  const all = await scan(t, ['.', '--all'], { cwd });
  assert.match(all.stdout, /^public +0 clean$/m);
});

test('counts are of all findings, of which a report has 1,000 a type', async (t) => {
  const card = makeCard('repeated');
  const cwd = useFiles(t, { a: `Charge my credit card ${card}.\n`.repeat(1_200) });
  const { stdout } = await scan(t, ['.', '--format', 'json'], { cwd });
  const { files, summary } = JSON.parse(stdout) as { files: FileResult[]; summary: ScanSummary };
  assert.equal(files[0]?.findings.length, 1_000);
  assert.equal(files[0]?.findings_total, 1_200);
  assert.deepEqual([summary.findings, summary.types], [1_200, { credit_card: 1_200 }]);
  const table = await scan(t, ['.'], { cwd });
  assert.match(table.stdout, /^ {4}and 1,185 credit_card more$/m);
});

test('the format follows the name of the report unless it is given', async (t) => {
  const cwd = useFiles(t, { 'in/a': makeLetter('named') });
  const first = async (name: string, ...args: string[]): Promise<string> => {
    await scan(t, ['in', '--output', name, ...args], { cwd });
    return readFileSync(`${cwd}/${name}`, 'utf8').slice(0, 12);
  };
  assert.match(await first('r.json'), /^\{"tool"/);
  assert.match(await first('r.jsonl'), /^\{"path"/);
  assert.match(await first('r.csv'), /^path,/);
  assert.match(await first('r.sarif'), /^\{"\$schema"/);
  assert.match(await first('r.txt'), /^confidential|^restricted/);
  assert.match(await first('r.txt', '--format', 'csv'), /^path,/);
});
