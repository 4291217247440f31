import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FileResult } from '../../../src/cli/scan/file-result.ts';
import type { ScanSummary } from '../../../src/cli/scan/summary.ts';
import { makeCard, makeLetter } from '../../support/sensitive-values.ts';
import { useFolder } from '../../support/use-folder.ts';
import { parseLines, scan, useFiles } from './scan-folder.ts';

for (const format of ['json', 'jsonl']) {
  test(`a baseline in ${format} takes away what it has, and only that`, async (t) => {
    const cwd = useFiles(t, { 'in/a': makeLetter('a'), 'in/b': 'nothing', 'in/c': 'nothing' });
    const env = { XDG_CONFIG_HOME: useFolder(t) };
    const base = `base.${format}`;
    assert.equal((await scan(t, ['in', '--output', base], { cwd, env })).code, 1);
    const before = parseLines((await scan(t, ['in', '--format', 'jsonl'], { cwd, env })).stdout);

    const same = await scan(t, ['in', '--baseline', base, '--format', 'json'], { cwd, env });
    assert.equal(same.code, 0, same.stderr);
    const report = JSON.parse(same.stdout) as { files: FileResult[]; summary: ScanSummary };
    assert.deepEqual([report.files[0]?.findings, report.files[0]?.findings_total], [[], 0]);
    assert.equal(report.files[0]?.score, before[0]?.score, "the score stays the file's own");
    assert.deepEqual(report.files[0]?.shares, before[0]?.shares);
    assert.deepEqual([report.summary.findings, report.summary.in_baseline], [0, 2]);
    assert.deepEqual(report.summary.types, {});

    // What is known elsewhere in the file is known; in another file it is new.
    appendFileSync(join(cwd, 'in/a'), `Once more: credit card ${makeCard('a')}.\n`);
    appendFileSync(join(cwd, 'in/a'), `Another credit card: ${makeCard('new')}.\n`);
    writeFileSync(join(cwd, 'in/b'), makeLetter('a'));
    const { code, stdout } = await scan(t, ['./in', '--baseline', base, '--format', 'jsonl'], {
      cwd,
      env,
    });
    assert.equal(code, 1);
    assert.deepEqual(
      parseLines(stdout).map(({ path, findings }) => [
        path,
        findings.map(({ place }) => place.line),
      ]),
      [
        ['in/a', [5]],
        ['in/b', [2, 3]],
        ['in/c', []],
      ],
    );
    const table = await scan(t, [join(cwd, 'in'), '--baseline', base], { cwd, env });
    assert.match(table.stdout, /^new +3: 2 credit_card, 1 iban$/m);
    assert.match(table.stdout, /^baseline +3 found that are in it$/m);
  });
}

test('a report that was laid out anew is still a baseline', async (t) => {
  const cwd = useFiles(t, { 'in/a': makeLetter('a') });
  const env = { XDG_CONFIG_HOME: useFolder(t) };
  await scan(t, ['in', '--output', 'base.json'], { cwd, env });
  const report: unknown = JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8'));
  writeFileSync(join(cwd, 'pretty.json'), JSON.stringify(report, null, 2));
  const { code, stderr } = await scan(t, ['in', '--baseline', 'pretty.json'], { cwd, env });
  assert.equal(code, 0, stderr);
});

test('a baseline made with another key is refused, and with the same it is not', async (t) => {
  const cwd = useFiles(t, { 'in/a': makeLetter('a') });
  const key = { SENSITIVITY_FINGERPRINT_KEY: 'a key that two machines have' };
  await scan(t, ['in', '--output', 'base.jsonl'], { cwd, env: key });
  const other = await scan(t, ['in', '--baseline', 'base.jsonl'], { cwd });
  assert.equal(other.code, 2);
  assert.match(
    other.stderr,
    /^sensitivity: --baseline was made with another fingerprint key: .*\n$/,
  );
  const same = await scan(t, ['in', '--baseline', 'base.jsonl'], { cwd, env: key });
  assert.equal(same.code, 0, same.stderr);
  writeFileSync(join(cwd, 'key'), `${key.SENSITIVITY_FINGERPRINT_KEY}\n`);
  const fromFile = { SENSITIVITY_FINGERPRINT_KEY_FILE: join(cwd, 'key') };
  assert.equal((await scan(t, ['in', '--baseline', 'base.jsonl'], { cwd, env: fromFile })).code, 0);
});
