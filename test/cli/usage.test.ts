import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { runCommand } from '../support/run-command.ts';
import { useFolder } from '../support/use-folder.ts';

const commands = [
  'scan',
  'up',
  'auth',
  'file',
  'beat',
  'worker',
  'config',
  'health',
  'policy',
  'secrets',
  'completion',
  'man',
  'eval',
  'detectors',
];

describe('--help', () => {
  test('of the program names every command', async () => {
    const { code, stdout } = await runCommand(['--help']);
    assert.equal(code, 0);
    for (const command of commands) assert.match(stdout, new RegExp(`^  ${command}\\b`, 'm'));
  });

  for (const command of commands) {
    test(`of ${command} says what it is for and has an example of it`, async () => {
      const { code, stdout, stderr } = await runCommand([command, '--help']);
      assert.equal(code, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /Examples?:\n {2}\$ (\w+=\S+ )?sensitivity /);
      assert.match(stdout, new RegExp(`sensitivity ${command}\\b.*\\n`));
    });
  }

  test('tells the environment variable and the default of a setting', async () => {
    const { stdout } = await runCommand(['file', '--help']);
    const words = stdout.replaceAll(/\s+/g, ' ');
    assert.match(words, /--max-upload <value> .*\[SENSITIVITY_MAX_UPLOAD, default 5GiB\]/);
    assert.match(words, /SENSITIVITY_CLIENT_SECRET or SENSITIVITY_CLIENT_SECRET_FILE/);
  });
});

for (const flag of ['--version', '-V']) {
  test(`${flag} tells version, commit and engine version`, async () => {
    const { code, stdout, stderr } = await runCommand([flag]);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /^sensitivity \d+\.\d+\.\d+ \(commit [0-9a-f]{7}, engine \d+\)\n$/);
  });
}

test('a reader that stops reading is no failure', async () => {
  const { code, stderr } = await runCommand(['file', '--help'], { closeOutput: true });
  assert.equal(code, 0);
  assert.equal(stderr, '');
});

interface Case {
  args: string[];
  env?: Record<string, string>;
  line: RegExp;
}

const secrets = {
  SENSITIVITY_CLIENT_SECRET: 'a secret',
  SENSITIVITY_SERVICE_FILE_SECRET: 'a secret',
  SENSITIVITY_SERVICE_WORKER_SECRET: 'a secret',
};

/** Everything a person can get wrong: one line that names it, exit code 2. */
const wrong: Case[] = [
  { args: ['file', '--prot', '7000'], line: /unknown option '--prot'.*--port/ },
  { args: ['fiel'], line: /unknown command 'fiel'.*file/ },
  { args: ['file', '--port'], line: /--port <value>' argument missing/ },
  { args: ['file', '--port', 'http'], line: /--port must be a whole number .*not "http".*flag/ },
  { args: ['file', '--port', '70000'], line: /--port must be a whole number from 0 to 65535/ },
  {
    args: ['file'],
    env: { SENSITIVITY_PORT: '-1' },
    line: /--port must be .*"-1" \(from SENSITIVITY_PORT\)/,
  },
  {
    args: ['file', '--max-upload', '5GB'],
    env: secrets,
    line: /--max-upload must be a size such as .*"5GB"/,
  },
  { args: ['beat', '--lease', '0s'], line: /--lease must be a time such as 30s/ },
  { args: ['beat', '--broker', 'x'], line: /unknown option '--broker'/ },
  { args: ['auth', '--registration', 'all'], line: /must be one of open, invite, closed/ },
  {
    args: ['auth', '--trusted-proxies', '10.0.0.0/99'],
    env: secrets,
    line: /--trusted-proxies must be networks/,
  },
  {
    args: ['worker', '--thread-memory', '8MiB'],
    env: secrets,
    line: /--thread-memory must be a size such as .*, 24MiB or more, not "8MiB"/,
  },
  { args: ['worker', '--file-url', 'localhost'], line: /--file-url must be a URL/ },
  { args: ['worker'], line: /--client-secret is needed: give SENSITIVITY_CLIENT_SECRET or / },
  {
    args: ['worker'],
    env: { SENSITIVITY_CLIENT_SECRET_FILE: '/nowhere/secret' },
    line: /SENSITIVITY_CLIENT_SECRET_FILE names a file that cannot be read \(ENOENT\)/,
  },
  { args: ['up', '--proxy', 'nginx'], line: /--proxy must be one of auto, caddy, builtin/ },
  { args: ['config', 'nothing'], line: /'nothing' is invalid.*up, auth, file, beat, worker/ },
  { args: ['config', '--format', 'xml'], line: /'xml' is invalid.*table, json/ },
  { args: ['secrets'], line: /missing required argument 'folder'/ },
  { args: ['eval'], line: /missing required argument 'cases'/ },
];

for (const { args, env = {}, line } of wrong) {
  const shown = [...Object.entries(env).map((pair) => pair.join('=')), ...args].join(' ');
  test(`"${shown}" is answered with one line and exit code 2`, async () => {
    const { code, stdout, stderr } = await runCommand(args, { env });
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr.replaceAll('\n', ' '), line);
    assert.match(stderr, /^sensitivity: /);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });
}

test('a secret is never shown, not even a wrong one', async () => {
  const env = { SENSITIVITY_CLIENT_SECRET: 'very-secret', SENSITIVITY_PORT: 'x' };
  const { stderr } = await runCommand(['file'], { env });
  assert.ok(!stderr.includes('very-secret'));
});

test('a role whose port is taken ends with one line that says so and exit code 1', async (t) => {
  const folder = useFolder(t);
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { code, stderr } = await runCommand([
    'beat',
    '--port',
    String(port),
    '--data-dir',
    folder,
    '--log-level',
    'error',
  ]);
  holder.close();
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`^sensitivity: .*EADDRINUSE.*:${port}\\n$`));
});
