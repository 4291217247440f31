import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, it, type TestContext } from 'node:test';
import { extractThreadCode } from '../../src/platform/thread-code.ts';
import { useFolder } from '../support/use-folder.ts';

const isRoot = process.getuid?.() === 0;

describe('extractThreadCode()', () => {
  let folder: string;
  let bundle: string;
  let cache: string;

  beforeEach((t) => {
    folder = useFolder(t as TestContext);
    bundle = join(folder, 'bundle');
    cache = join(folder, 'cache');
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'thread.mjs'), 'export default 1;');
    writeFileSync(join(bundle, 'package.json'), '{}');
  });

  it('writes every file, and only once', () => {
    const place = extractThreadCode([cache], bundle);
    assert.deepEqual(readdirSync(place).sort(), ['package.json', 'thread.mjs']);
    const { ctimeMs } = statSync(place);
    assert.equal(extractThreadCode([cache], bundle), place);
    assert.equal(statSync(place).ctimeMs, ctimeMs);
    assert.deepEqual(readdirSync(cache).length, 1);
  });

  it('has a folder for each version', () => {
    const first = extractThreadCode([cache], bundle);
    writeFileSync(join(bundle, 'thread.mjs'), 'export default 2;');
    const second = extractThreadCode([cache], bundle);
    assert.notEqual(first, second);
    assert.equal(readFileSync(join(second, 'thread.mjs'), 'utf8'), 'export default 2;');
  });

  for (const [what, spoil] of Object.entries({
    'was changed': (place: string) => writeFileSync(join(place, 'thread.mjs'), 'export default 0;'),
    'lost a file': (place: string) => rmSync(join(place, 'thread.mjs')),
    'has a file more': (place: string) => writeFileSync(join(place, 'worker.js'), ''),
    'anybody may write': (place: string) => chmodSync(place, 0o777),
  })) {
    it(`replaces one that ${what}`, () => {
      const place = extractThreadCode([cache], bundle);
      spoil(place);
      assert.equal(extractThreadCode([cache], bundle), place);
      assert.deepEqual(readdirSync(place).sort(), ['package.json', 'thread.mjs']);
      assert.equal(readFileSync(join(place, 'thread.mjs'), 'utf8'), 'export default 1;');
      assert.equal(statSync(place).mode & 0o022, 0);
    });
  }

  it('takes the next folder when one cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const place = extractThreadCode([join(folder, 'file', 'below'), cache], bundle);
    assert.equal(place, join(cache, readdirSync(cache)[0] ?? ''));
  });

  it('takes one that is there rather than write an earlier one', () => {
    const place = extractThreadCode([cache], bundle);
    assert.equal(extractThreadCode([join(folder, 'earlier'), cache], bundle), place);
  });

  it('leaves alone what another user has put there', { skip: !isRoot && 'takes root' }, () => {
    const place = extractThreadCode([cache], bundle);
    chownSync(cache, 1000, 1000);
    const next = extractThreadCode([cache, join(folder, 'next')], bundle);
    assert.notEqual(next, place);
  });

  it('says what to set when no folder can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    assert.throws(
      () => extractThreadCode([join(folder, 'file', 'below')], bundle),
      /cannot be written to .*\(ENOTDIR\): set --cache-dir/,
    );
  });
});
