/**
 * How long starting takes, from source and from the executable (`npm run build` first): a command
 * that tells its version, one that tells its help, and `up` until it answers. Median of ten each,
 * the two in turn.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../test/support/free-port.ts';

const root = resolve(import.meta.dirname, '..');
const executable = join(root, 'dist/sensitivity');
const runs = 10;

const nodeFlags = ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning'];
const ways: Record<string, string[]> = {
  source: [process.execPath, ...nodeFlags, join(root, 'bin/sensitivity.ts')],
  executable: [executable],
};
if (!existsSync(executable)) throw new Error('dist/sensitivity is missing: npm run build makes it');

const measures: Record<string, (command: readonly string[]) => Promise<number>> = {
  '`sensitivity --version`': (command) => timeCommand(command, ['--version']),
  '`sensitivity file --help`': (command) => timeCommand(command, ['file', '--help']),
  '`sensitivity up` to its first answer': timeUp,
};

console.log('| what | from source, s | executable, s |\n| --- | ---: | ---: |');
for (const [what, measure] of Object.entries(measures)) {
  const seconds: Record<string, number[]> = { source: [], executable: [] };
  for (let n = 0; n < runs; n += 1) {
    for (const [way, command] of Object.entries(ways)) {
      seconds[way]?.push(await measure(command));
    }
  }
  const [source, built] = Object.values(seconds).map((all) => median(all).toFixed(3));
  console.log(`| ${what} | ${source} | ${built} |`);
}

async function timeCommand(command: readonly string[], args: readonly string[]): Promise<number> {
  const [program = '', ...own] = command;
  const start = performance.now();
  execFileSync(program, [...own, ...args]);
  return (performance.now() - start) / 1_000;
}

/** A new installation each time: no database, no code cache. */
async function timeUp(command: readonly string[]): Promise<number> {
  const [program = '', ...own] = command;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sensitivity-startup-'));
  const args = ['up', '--port', String(port), '--data-dir', folder, '--proxy', 'builtin'];
  const start = performance.now();
  const child = spawn(program, [...own, ...args], { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  while (!(await answers(`http://127.0.0.1:${port}/api/file/healthcheck`))) {
    await new Promise((done) => setTimeout(done, 5));
  }
  const seconds = (performance.now() - start) / 1_000;
  child.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true });
  return seconds;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
