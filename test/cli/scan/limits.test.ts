import assert from 'node:assert/strict';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BatchRunner, type Job } from '../../../src/cli/scan/batch-runner.ts';
import { textPath } from '../../../src/cli/scan/file-path.ts';
import { defaultPolicy } from '../../../src/engine/policy.ts';
import { ThreadNotStarted } from '../../../src/platform/thread-pool.ts';
import { makeLetter } from '../../support/sensitive-values.ts';
import { scan, useFiles } from './scan-folder.ts';

const options = {
  policy: defaultPolicy,
  fingerprintKey: new Uint8Array(32),
  threads: 1,
  threadMemoryBytes: 2 ** 28,
  cacheFolders: [],
  fileSeconds: 60,
};

/** A job as the walk makes it; `size` may be another than the file has, for it may have grown. */
function jobOf(path: string, size = statSync(path).size): Job {
  return {
    path: textPath(path),
    size,
    file: { from: 'path', path, followsLinks: false },
    result: undefined,
  };
}

function outcomes(jobs: readonly Job[]): unknown[] {
  return jobs.map(({ result }) => [result?.status, result?.status_reason, result?.findings.length]);
}

function writeLong(path: string, megabytes: number, line = 'plain words and nothing else'): void {
  const file = openSync(path, 'w');
  const piece = Buffer.from(`${line}\n`.repeat(36_000)).subarray(0, 1_000_000);
  for (let n = 0; n < megabytes; n += 1) writeSync(file, piece);
  closeSync(file);
}

test('a file that passes its deadline fails; the rest of its batch is scanned', async (t) => {
  const folder = useFiles(t, { a: makeLetter('a'), b: '', c: makeLetter('c') });
  // Full of findings, which take their time.
  writeLong(join(folder, 'b'), 200, 'jane@example-1.eu, joe@example-2.eu');
  const jobs = [jobOf(join(folder, 'a')), jobOf(join(folder, 'b'), 0), jobOf(join(folder, 'c'))];
  const runner = new BatchRunner({ ...options, fileSeconds: 3 });
  t.after(() => runner.close());
  await runner.run(jobs);
  assert.deepEqual(outcomes(jobs), [
    ['scored', null, 2],
    ['failed', 'timeout', 0],
    ['scored', null, 2],
  ]);
});

test('when no thread comes up, that is said and nothing is left hanging', async (t) => {
  const cwd = useFiles(t, { a: makeLetter('a') });
  const runner = new BatchRunner({ ...options, threadMemoryBytes: 6 * 2 ** 20 });
  t.after(() => runner.close());
  await assert.rejects(runner.run([jobOf(join(cwd, 'a'))]), (error) => {
    assert.ok(error instanceof ThreadNotStarted);
    assert.match(error.message, /--thread-memory: allow more/);
    return true;
  });
});

test('what is no regular file any more when it is opened is not waited for', async (t) => {
  const cwd = useFiles(t, { 'a/b': '' });
  const jobs = [jobOf(join(cwd, 'a')), jobOf('/dev/null'), jobOf(join(cwd, 'a/b'))];
  const runner = new BatchRunner(options);
  t.after(() => runner.close());
  await runner.run(jobs);
  assert.deepEqual(outcomes(jobs), [
    ['failed', 'unreadable:changed', 0],
    ['failed', 'unreadable:changed', 0],
    ['scored', null, 0],
  ]);
});

test('a large file is scanned in bounded memory', async (t) => {
  const cwd = useFiles(t, { small: makeLetter('small') });
  writeLong(join(cwd, 'large'), 300);
  const { code, stdout } = await scan(t, ['.', '--concurrency', '1', '--thread-memory', '64MiB'], {
    cwd,
  });
  assert.equal(code, 1, stdout);
  assert.match(stdout, /^scanned +2 files, 300 MB/m);
});
