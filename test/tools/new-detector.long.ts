import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { useFolder } from '../support/use-folder.ts';

const root = resolve(import.meta.dirname, '../..');
const list = 'src/engine/detector-list.ts';

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A copy of what the tool needs, with its own list of detectors. */
function copyProject(t: TestContext): string {
  const folder = useFolder(t);
  cpSync(join(root, 'src/engine'), join(folder, 'src/engine'), { recursive: true });
  for (const part of ['test/engine', 'tools']) mkdirSync(join(folder, part), { recursive: true });
  for (const file of [
    'test/engine/detectors.test.ts',
    'test/engine/scan-for-test.ts',
    'tools/new-detector.ts',
    'tools/detector-template.txt',
    'package.json',
    'tsconfig.json',
    'biome.json',
  ]) {
    copyFileSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function run(folder: string, command: string, ...args: string[]): Result {
  const env = { PATH: process.env['PATH'] ?? '' };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

function newDetector(folder: string, ...args: string[]): Result {
  return run(folder, process.execPath, 'tools/new-detector.ts', ...args);
}

describe('npm run new-detector', () => {
  test('writes a detector that compiles, is in the list, and whose test says what is left', (t) => {
    const folder = copyProject(t);
    const { code, stdout, stderr } = newDetector(folder, 'xx_test_id', '--category', 'health');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^src\/engine\/detectors\/xx-test-id\.ts is written/);
    const changed = readFileSync(join(folder, list), 'utf8');
    assert.match(changed, /^import \{ xxTestId \} from '\.\/detectors\/xx-test-id\.ts';$/m);
    assert.match(changed, /^ {2}xxTestId,$/m);

    const bin = join(folder, 'node_modules/.bin');
    const types = run(folder, join(bin, 'tsc'), '--noEmit');
    assert.equal(types.code, 0, types.stdout);
    const lint = run(folder, join(bin, 'biome'), 'check', '--vcs-enabled=false', 'src', 'tools');
    assert.equal(lint.code, 0, lint.stderr);

    const tests = run(folder, process.execPath, '--test', 'test/engine/detectors.test.ts');
    assert.equal(tests.code, 1);
    for (const field of ['anchors', 'weight', 'sources', 'hits', 'misses']) {
      assert.match(tests.stdout, new RegExp(`${field}: (say|give|name|bring) `));
    }
    assert.match(tests.stdout, /^ℹ fail 1$/m);
  });

  test('keeps the list in the order of ids, wherever the new one belongs', (t) => {
    const folder = copyProject(t);
    for (const id of ['zz_last', 'aa_first', 'iban_2']) {
      const { code, stderr } = newDetector(folder, id);
      assert.equal(code, 0, stderr);
    }
    const { stdout } = run(
      folder,
      process.execPath,
      '--input-type=module',
      '--eval',
      `import { detectors } from ${JSON.stringify(`./${list}`)}; console.log(detectors.map(({ id }) => id).join());`,
    );
    const ids = stdout.trim().split(',');
    assert.deepEqual(ids, ids.toSorted());
    for (const id of ['aa_first', 'iban_2', 'zz_last']) assert.ok(ids.includes(id));
  });

  test('refuses what is no id, is there already, or no name, and changes nothing', (t) => {
    const folder = copyProject(t);
    writeFileSync(join(folder, 'src/engine/detectors/yy-taken.ts'), 'export {};\n');
    const before = readFileSync(join(folder, list), 'utf8');
    for (const [id, reason] of [
      ['Nl_Bsn', /is no id: take small letters/],
      ['nl-bsn', /is no id/],
      ['2fa_code', /is no id/],
      ['nl__bsn', /is no id/],
      ['../nl_bsn', /is no id/],
      ['a'.repeat(61), /is no id/],
      ['iban', /there is a detector iban already/],
      ['yy_taken', /src\/engine\/detectors\/yy-taken\.ts is there already/],
      ['package', /a word of the language/],
    ] as const) {
      const { code, stdout, stderr } = newDetector(folder, id);
      assert.equal(code, 1, id);
      assert.equal(stdout, '');
      assert.match(stderr, reason);
    }
    assert.equal(readFileSync(join(folder, list), 'utf8'), before);
  });

  test('--help tells how to go on', (t) => {
    const { code, stdout } = newDetector(copyProject(t), '--help');
    assert.equal(code, 0);
    assert.match(stdout, /npm run new-detector -- /);
    assert.match(stdout, /node --test test\/engine\/detectors\.test\.ts/);
  });
});
