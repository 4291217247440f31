import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { runCommand } from '../support/run-command.ts';

const hasMandoc = spawnSync('mandoc', ['-h']).error === undefined;
const skip = hasMandoc || process.env['CI'] === 'true' ? false : 'mandoc is not installed';

test('the manual page is well-formed and tells every command, flag and example', {
  skip,
}, async () => {
  const { code, stdout } = await runCommand(['man']);
  assert.equal(code, 0);
  const faults = spawnSync('mandoc', ['-T', 'lint', '-W', 'error'], { input: stdout });
  assert.equal(faults.status, 0, faults.stdout.toString());
  const page = execFileSync('mandoc', ['-T', 'utf8', '-O', 'width=400'], { input: stdout })
    .toString()
    // Bold is a letter, a step back, and the letter again.
    .replaceAll(/.[\b]/gu, '');
  const { stdout: help } = await runCommand(['--help']);
  for (const [, command = ''] of help.matchAll(/^ {2}(\w+) .*\S/gm)) {
    if (command === 'help') continue;
    assert.match(page, new RegExp(`^ *sensitivity ${command}$`, 'm'), command);
    const own = await runCommand([command, '--help']);
    for (const [flag] of own.stdout.matchAll(/--[a-z][a-z-]+/g)) assert.ok(page.includes(flag));
    const example = /^ {2}\$ (.+)$/m.exec(own.stdout)?.[1] ?? '';
    assert.ok(page.includes(example), `${example} in the page`);
  }
  assert.ok(!page.includes(process.cwd()), 'nothing in it is of this machine');
});
