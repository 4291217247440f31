import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../support/run-command.ts';
import { useFolder } from '../support/use-folder.ts';

interface Line {
  command: string;
  name: string;
  env: string;
  value: unknown;
  source: string;
}

async function readConfig(command: string, env: Record<string, string>): Promise<Line[]> {
  const { code, stdout, stderr } = await runCommand(['config', command, '--format', 'json'], {
    env,
  });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Line[];
}

function find(lines: readonly Line[], name: string): Line {
  const found = lines.find((line) => line.name === name);
  assert.ok(found, name);
  return found;
}

test('config tells values and where each comes from', async () => {
  const lines = await readConfig('file', {
    SENSITIVITY_MAX_UPLOAD: '3MiB',
    SENSITIVITY_DATA_DIR: '/srv/data',
  });
  assert.deepEqual(find(lines, 'max-upload'), {
    command: 'file',
    name: 'max-upload',
    env: 'SENSITIVITY_MAX_UPLOAD',
    value: 3_145_728,
    source: 'SENSITIVITY_MAX_UPLOAD',
  });
  assert.deepEqual([find(lines, 'port').value, find(lines, 'port').source], [7_000, 'default']);
  // A default follows the setting it depends on.
  assert.equal(find(lines, 'database').value, '/srv/data/file.db');
  assert.equal(find(lines, 'database').source, 'default');
});

test('an empty environment variable is as good as none', async () => {
  const lines = await readConfig('file', { SENSITIVITY_MAX_UPLOAD: '' });
  assert.equal(find(lines, 'max-upload').source, 'default');
});

test('config redacts secrets, from wherever they come, in the table and in JSON', async (t) => {
  const file = join(useFolder(t), 'secret');
  writeFileSync(file, 'from-a-file\n');
  const env = {
    SENSITIVITY_CLIENT_SECRET: 'from-the-environment',
    SENSITIVITY_SERVICE_FILE_SECRET_FILE: file,
  };
  for (const format of ['json', 'table']) {
    const { code, stdout } = await runCommand(['config', '--format', format], { env });
    assert.equal(code, 0);
    assert.ok(!stdout.includes('from-the-environment'));
    assert.ok(!stdout.includes('from-a-file'));
    assert.ok(stdout.includes('[redacted]'));
  }
  const lines = await readConfig('auth', env);
  const { value, source } = find(lines, 'service-file-secret');
  assert.deepEqual([value, source], ['[redacted]', 'SENSITIVITY_SERVICE_FILE_SECRET_FILE']);
  const missing = find(lines, 'service-worker-secret');
  assert.deepEqual([missing.value, missing.source], [null, 'not set']);
});

test('the table has a line for each setting of every command', async () => {
  const { stdout } = await runCommand(['config'], { env: { SENSITIVITY_LOG_LEVEL: 'warn' } });
  for (const command of ['up', 'auth', 'file', 'beat', 'worker']) {
    const line = new RegExp(`^${command} +--log-level +warn +SENSITIVITY_LOG_LEVEL$`, 'm');
    assert.match(stdout, line);
  }
});

test('a flag beats the environment, and the environment the default', async () => {
  // What is wrong in the environment does not matter where a flag is given.
  const env = { SENSITIVITY_PORT: 'wrong', SENSITIVITY_LEASE: 'wrong too' };
  const { code, stderr } = await runCommand(['beat', '--port', '0'], { env });
  assert.equal(code, 2);
  assert.match(stderr, /--lease must be .* \(from SENSITIVITY_LEASE\)/);
});
