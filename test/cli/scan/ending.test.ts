import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ScanSummary } from '../../../src/cli/scan/summary.ts';
import { program } from '../../support/run-command.ts';
import { makeLetter } from '../../support/sensitive-values.ts';
import { until } from '../../support/until.ts';
import { useFolder } from '../../support/use-folder.ts';

/** A folder that takes seconds to scan: letters first, then much text. */
function useLongFolder(t: TestContext): string {
  const folder = useFolder(t);
  mkdirSync(join(folder, 'a'));
  for (let n = 0; n < 400; n += 1) writeFileSync(join(folder, 'a', `${n}`), makeLetter(String(n)));
  mkdirSync(join(folder, 'b'));
  const text = Buffer.from(makeLetter('long').repeat(60_000));
  for (let n = 0; n < 20; n += 1) writeFileSync(join(folder, 'b', `${n}`), text);
  return folder;
}

interface Started {
  child: ChildProcess;
  output: () => string;
  errors: () => string;
  exit: Promise<number | null>;
}

function start(
  t: TestContext,
  args: string[],
  options: { cwd: string; keepsInput?: boolean },
): Started {
  const child = spawn(process.execPath, [program, 'scan', ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', XDG_CONFIG_HOME: useFolder(t) },
    stdio: [options.keepsInput === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let [output, errors] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => output, errors: () => errors, exit };
}

test('Ctrl-C ends the scan within a second and leaves what was found, as incomplete', async (t) => {
  const cwd = useLongFolder(t);
  const { child, output, exit } = start(t, ['.'], { cwd });
  await until('the first findings', () => output().includes('credit_card'));
  const pressed = performance.now();
  child.kill('SIGINT');
  assert.equal(await exit, 130);
  assert.ok(performance.now() - pressed < 1_000, `${performance.now() - pressed}`);
  assert.match(output(), /^scanned +[1-9]/m);
  assert.match(output(), /^incomplete +the scan was ended early/m);
});

test('a report in JSON that Ctrl-C ends is whole and says that the scan is not', async (t) => {
  const cwd = useLongFolder(t);
  const { child, exit, errors } = start(t, ['a', 'b', '--output', 'report.json'], { cwd });
  const isBegun = (): boolean => readdirSync(cwd).some((name) => name.endsWith('.part'));
  await until('the report', isBegun);
  child.kill('SIGINT');
  assert.equal(await exit, 130);
  const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as {
    summary: ScanSummary;
  };
  assert.equal(report.summary.complete, false);
  assert.match(errors(), /^sensitivity: the scan was ended early; the report is incomplete\n$/);
  assert.deepEqual(readdirSync(cwd).sort(), ['a', 'b', 'report.json']);
});

/** Whether the scan minds signals by now, as Linux tells: of its own accord Node leaves SIGHUP alone. */
function mindsSignals({ pid }: ChildProcess): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${caught}`) & 1n) !== 0n;
}

test('Ctrl-C ends a scan that waits for standard input', async (t) => {
  const cwd = useFolder(t);
  for (const input of ['', makeLetter('begun').repeat(20_000)]) {
    const { child, exit, output } = start(t, ['-'], { cwd, keepsInput: true });
    // What was not read when it ends comes back as an error.
    child.stdin?.on('error', () => {});
    child.stdin?.write(input);
    await until('that it minds Ctrl-C', () => mindsSignals(child));
    // Nothing tells that it waits for input, so it is given time to.
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill('SIGINT');
    assert.equal(await exit, 130);
    assert.match(output(), /^incomplete /m);
  }
});

test('a pipe that nobody reads any more ends the scan quietly', async (t) => {
  const cwd = useLongFolder(t);
  const { child, errors, exit } = start(t, ['.', '--format', 'jsonl'], { cwd });
  child.stdout?.once('data', () => child.stdout?.destroy());
  const started = performance.now();
  assert.equal(await exit, 1);
  assert.equal(errors(), '');
  assert.ok(performance.now() - started < 10_000);
});
