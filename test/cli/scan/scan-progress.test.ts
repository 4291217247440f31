import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { progressLine } from '../../../src/cli/scan/scan-progress.ts';
import { program } from '../../support/run-command.ts';
import { makeLetter } from '../../support/sensitive-values.ts';
import { useFolder } from '../../support/use-folder.ts';

const progress = {
  filesDone: 1_204,
  filesFound: 32_000,
  bytesDone: 38_240_000,
  bytesFound: 1_500_000_000,
  isWalkDone: false,
  path: 'src/some/folder/with/a/long/path/file.ts',
};

test('the line tells what is done of what was found so far, the rate, and where it is', () => {
  const line = progressLine(progress, { rate: 61_000_000, columns: 140 });
  const numbers = '1,204 of 32,000 files, 38.2 MB of 1.5 GB found so far, 61.0 MB/s';
  assert.equal(line, `${numbers}  src/some/folder/with/a/long/path/file.ts`);
  const done = progressLine({ ...progress, isWalkDone: true }, { rate: 0, columns: 140 });
  assert.match(done, /^1,204 of 32,000 files, 38.2 MB of 1.5 GB, 0 B\/s /);
});

test('the line fits any terminal, and a name cannot move the cursor', () => {
  for (let columns = 1; columns < 160; columns += 1) {
    const path = `x\r\n\u001b[2J\u202e${progress.path.repeat(3)}`;
    const line = progressLine({ ...progress, path }, { rate: 1, columns });
    assert.ok(line.length < Math.max(2, columns), `${columns}: ${line}`);
    assert.doesNotMatch(line, /\p{Cc}|\p{Cf}/u);
  }
});

test('on a terminal the line is drawn and taken away again, both only where they are wanted', async (t) => {
  const folder = useFolder(t);
  for (let n = 0; n < 30; n += 1) {
    writeFileSync(
      join(folder, `${n}`),
      `${'plain words\n'.repeat(400_000)}${makeLetter(String(n))}`,
    );
  }
  const scan = `${process.execPath} ${program} scan ${folder}`;
  const env = { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', SHELL: '/bin/sh' };
  const typed = (command: string): Promise<{ stdout: string }> => {
    // `script` gives the command a terminal, and what it writes to it.
    return promisify(execFile)('script', ['-qec', command, '/dev/null'], { env });
  };
  const { stdout } = await typed(`${scan}; true`);
  const start = String.fromCodePoint(0x1b);
  const erase = `\r${start}[2K`;
  const drawn = stdout.split(erase).slice(1);
  const line = /^[\d,]+ of 30 files, [\d.]+ [kM]?B of 14\d MB, [\d.]+ [kM]?B\/s {2}/;
  assert.ok(drawn.some((text) => line.test(text)));
  assert.match(drawn.at(-1) ?? '', /scanned/, 'nothing of the line is left over the summary');
  assert.ok(stdout.includes(`${start}[33mconfidential${start}[39m`));
  const quiet = await typed(`NO_COLOR=1 ${scan} --quiet; true`);
  assert.ok(!quiet.stdout.includes(start));
});
