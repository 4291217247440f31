import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { drawText } from '../documents/draw-text.ts';
import { writePng } from '../documents/write-pictures.ts';
import { runCommand } from '../support/run-command.ts';

describe('sensitivity text', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sensitivity-text-'));
    writeFileSync(join(folder, 'latin.txt'), Buffer.from('caf\xe9\nline', 'latin1'));
    writeFileSync(join(folder, 'nothing.bin'), Buffer.from([0, 1, 2, 255, 254, 0, 7]));
    writeFileSync(join(folder, 'empty.txt'), '');
    writeFileSync(join(folder, 'page.png'), writePng(drawText('PAGE 2')));
    writeFileSync(join(folder, 'long.txt'), 'äöü '.repeat(50_000));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('prints the text of a file, decoded, and ends its last line', async () => {
    const { code, stdout } = await runCommand(['text', join(folder, 'latin.txt')]);
    assert.deepEqual([code, stdout], [0, 'café\nline\n']);
  });

  test('prints standard input', async () => {
    const { code, stdout } = await runCommand(['text', '-'], { input: 'from a pipe\n' });
    assert.deepEqual([code, stdout], [0, 'from a pipe\n']);
  });

  test('prints an object a piece as JSON lines, whose texts make up the whole', async () => {
    const path = join(folder, 'long.txt');
    const { code, stdout } = await runCommand(['text', '--format', 'jsonl', path]);
    const lines = stdout.trimEnd().split('\n');
    const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
    assert.equal(code, 0);
    assert.ok(texts.length > 1);
    assert.equal(texts.join(''), 'äöü '.repeat(50_000));
  });

  test('prints nothing of an empty file', async () => {
    for (const format of ['plain', 'jsonl']) {
      const args = ['text', '--format', format, join(folder, 'empty.txt')];
      const { code, stdout, stderr } = await runCommand(args);
      assert.deepEqual([code, stdout, stderr], [0, '', '']);
    }
  });

  test('recognises the text that a picture shows, when asked to', async () => {
    const path = join(folder, 'page.png');
    const said = await runCommand(['text', path]);
    assert.deepEqual([said.code, said.stdout], [3, '']);
    const { code, stdout } = await runCommand(['text', '--ocr', path]);
    assert.deepEqual([code, stdout.trim()], [0, 'PAGE 2']);
  });

  test('says what it cannot read, and ends with 3', async () => {
    const { code, stdout, stderr } = await runCommand(['text', join(folder, 'nothing.bin')]);
    const message = 'sensitivity: not read: unsupported:application/octet-stream\n';
    assert.deepEqual([code, stdout, stderr], [3, '', message]);
  });

  for (const [name, argument, message] of [
    ['a file that is not there', 'nowhere.txt', /nowhere\.txt": there is no such file/],
    ['a folder', '.', /it is a folder; scan takes folders/],
  ] as const) {
    test(`refuses ${name} in one line, with 2`, async () => {
      const { code, stdout, stderr } = await runCommand(['text', join(folder, argument)]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});
