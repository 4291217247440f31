import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../support/run-command.ts';
import { useFolder } from '../support/use-folder.ts';

test('policy init writes a policy that policy check finds valid, and overwrites none', async (t) => {
  const cwd = useFolder(t);
  const made = await runCommand(['policy', 'init'], { cwd });
  assert.equal(made.code, 0, made.stderr);
  const checked = await runCommand(['policy', 'check'], { cwd });
  assert.deepEqual([checked.code, checked.stdout], [0, 'policy.yaml: valid\n']);
  writeFileSync(join(cwd, 'policy.yaml'), 'mine');
  const again = await runCommand(['policy', 'init'], { cwd });
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^sensitivity: policy\.yaml is there already: name another file\n$/);
  assert.equal(readFileSync(join(cwd, 'policy.yaml'), 'utf8'), 'mine');
});

test('policy check prints every problem with its place and ends with 2', async (t) => {
  const cwd = useFolder(t);
  writeFileSync(join(cwd, 'p.yaml'), 'version: 1\ntypes:\n  credit_crad: {}\nlables: {}\n');
  const { code, stdout, stderr } = await runCommand(['policy', 'check', 'p.yaml'], { cwd });
  assert.equal(code, 2);
  assert.equal(stderr, '');
  assert.match(stdout, /^p\.yaml:4:1: lables is not a setting here; did you mean labels\?$/m);
});

test('policy check --format json tells the same to programs', async (t) => {
  const cwd = useFolder(t);
  writeFileSync(join(cwd, 'p.yaml'), 'version: 1\ntypes:\n  credit_crad: {}\n');
  const args = ['policy', 'check', 'p.yaml', '--format', 'json'];
  const { code, stdout } = await runCommand(args, { cwd });
  assert.equal(code, 2);
  assert.deepEqual(JSON.parse(stdout), {
    file: 'p.yaml',
    valid: false,
    problems: [
      {
        line: 3,
        column: 3,
        path: 'types.credit_crad',
        message: 'types.credit_crad is not a type; did you mean credit_card?',
      },
    ],
  });
});

test('policy schema prints the JSON Schema', async () => {
  const { code, stdout } = await runCommand(['policy', 'schema']);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).title, 'Policy of Sensitivity');
});
