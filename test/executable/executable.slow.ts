/** The single executable, built here and run alone: no Node, no sources, next to no environment. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { Client } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { runCommand } from '../support/run-command.ts';
import { makeLetter } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const skip =
  (process.platform === 'linux' && process.getuid?.() === 0) || process.env['CI'] === 'true'
    ? false
    : 'mounting file systems read-only takes root';

interface Running {
  child: ChildProcess;
  output: () => string;
}

describe('the executable', () => {
  let folder: string;
  let executable: string;
  const running: Running[] = [];

  before(() => {
    execFileSync(process.execPath, [join(root, 'tools/build-executable.ts')], { cwd: root });
    // A blank in the path: flags with paths are handed on to the roles.
    folder = mkdtempSync(join(tmpdir(), 'sensitivity alone '));
    chmodSync(folder, 0o755);
    executable = join(folder, 'sensitivity');
    cpSync(join(root, 'dist/sensitivity'), executable);
  });

  afterEach(async () => {
    for (const { child } of running.splice(0)) await stop(child);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(args: readonly string[], env: Record<string, string> = {}): string {
    return execFileSync(executable, args, { env, cwd: folder, encoding: 'utf8' });
  }

  /** Starts a program of which the executable is the last part. */
  function start(
    command: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Running {
    const child = spawn(command, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const started = { child, output: () => output };
    running.push(started);
    return started;
  }

  async function untilSaid(words: string, { output, child }: Running): Promise<void> {
    await until(
      `"${words}" in: ${output()}`,
      () => output().includes(words) || child.exitCode !== null,
      30_000,
    );
    assert.ok(output().includes(words), output());
  }

  /** Registers, uploads and waits for the score, as README's “Try it” does. */
  async function assertScores(port: number): Promise<void> {
    const url = `http://127.0.0.1:${port}`;
    const urls = { auth: url, file: url };
    const client = await Client.register(urls, 'alone@example.com');
    const { id } = await client.uploadFile('letter.txt', makeLetter('alone'));
    const file = await client.untilSettled(id);
    assert.deepEqual([file.status, file.label], ['scored', 'confidential']);
    const docs = await fetch(`${url}/api/file/docs/swagger-ui-dist/swagger-ui.css`);
    assert.equal(docs.status, 200);
    await docs.body?.cancel();
    assert.equal(await registerWith(url, 'passwordpassword'), 422, 'a common password is refused');
  }

  test('tells the same version as the sources, needing nothing', async () => {
    const { stdout } = await runCommand(['--version']);
    assert.equal(run(['--version']), stdout);
  });

  test('holds nothing but the program', () => {
    const list = execFileSync(process.execPath, ['tools/list-executable.ts', executable], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.match(list, /\trole-worker\.js\n/);
    assert.match(list, /\tnode_modules\/better-sqlite3\/prebuilds\/[\w-]+\.node\n/);
    const licences = readFileSync(join(root, 'dist/third-party-licences.txt'), 'utf8');
    for (const name of ['better-sqlite3', 'hono', 'node', 'piscina', 'swagger-ui-dist', 'zod']) {
      assert.match(licences, new RegExp(`^${name} \\d`, 'm'));
    }
  });

  test('is as large as it may be: 170 MB, 60 MB compressed', () => {
    const bytes = readFileSync(executable).length;
    const compressed = execFileSync('gzip', ['-c', executable], { maxBuffer: bytes }).length;
    assert.ok(bytes < 170e6 && compressed < 60e6, `${bytes} bytes, ${compressed} compressed`);
  });

  test('refuses what is wrong like the sources do', async () => {
    const args = ['file', '--port', 'http'];
    const fromSource = await runCommand(args);
    const refused = start(executable, args);
    await until('its end', () => refused.child.exitCode !== null);
    assert.equal(refused.child.exitCode, 2);
    assert.equal(refused.output(), fromSource.stderr);
  });

  test('takes no option of Node’s from the environment', () => {
    const env = { NODE_OPTIONS: '--require=/nowhere.cjs' };
    assert.match(run(['--version'], env), /^sensitivity /);
  });

  for (const proxy of ['builtin', 'caddy']) {
    const without = hasCaddy() || process.env['CI'] === 'true' ? false : 'caddy is not installed';
    test(`runs \`up\` with ${proxy} and scores an upload`, {
      skip: proxy === 'caddy' && without,
    }, async () => {
      const port = await freePort();
      const dataDir = join(folder, `data of ${proxy}`);
      const args = ['up', '--port', String(port), '--data-dir', dataDir, '--proxy', proxy];
      const up = start(
        executable,
        args,
        proxy === 'caddy' ? { PATH: process.env['PATH'] ?? '' } : {},
      );
      await untilSaid('running at', up);
      await assertScores(port);
      assert.equal(await stop(up.child), 0);
    });
  }

  test('runs each role by itself', async () => {
    const dataDir = join(folder, 'data of roles');
    run(['secrets', join(dataDir, 'secrets')]);
    const ports: Record<string, number> = {};
    for (const role of ['auth', 'beat', 'file', 'worker']) ports[role] = await freePort();
    const env: Record<string, string> = {
      SENSITIVITY_SERVICE_FILE_SECRET_FILE: join(dataDir, 'secrets/file-client-secret'),
      SENSITIVITY_SERVICE_WORKER_SECRET_FILE: join(dataDir, 'secrets/worker-client-secret'),
      SENSITIVITY_AUTH_URL: `http://127.0.0.1:${ports['auth']}`,
      SENSITIVITY_FILE_URL: `http://127.0.0.1:${ports['file']}`,
      SENSITIVITY_BROKER: `http://127.0.0.1:${ports['beat']}`,
      SENSITIVITY_DATA_DIR: dataDir,
    };
    for (const [role, port] of Object.entries(ports)) {
      const secret = join(dataDir, `secrets/${role}-client-secret`);
      start(executable, [role, '--port', String(port)], {
        ...env,
        ...(existsSync(secret) ? { SENSITIVITY_CLIENT_SECRET_FILE: secret } : {}),
      });
    }
    for (const port of Object.values(ports)) {
      await until(`port ${port} ready`, () => isOk(`http://127.0.0.1:${port}/readyz`), 20_000);
    }
    const urls = {
      auth: `http://127.0.0.1:${ports['auth']}`,
      file: `http://127.0.0.1:${ports['file']}`,
    };
    const client = await Client.register(urls, 'roles@example.com');
    const { id } = await client.uploadFile('letter.txt', makeLetter('roles'));
    assert.equal((await client.untilSettled(id)).status, 'scored');
  });

  test('extracts the code of its threads once, whole, whoever starts at the same time', async () => {
    const cache = join(folder, 'cache');
    const script = `
      import { extractThreadCode } from '${join(root, 'src/platform/thread-code.ts')}';
      process.stdout.write(extractThreadCode(['${cache}'], '${makeBundle(folder)}'));`;
    const outputs = await Promise.all(
      Array.from({ length: 10 }, () => {
        const process_ = start(process.execPath, ['--input-type=module', '--eval', script]);
        return new Promise<string>((done) => {
          process_.child.once('close', () => done(process_.output()));
        });
      }),
    );
    assert.deepEqual(readdirSync(cache).length, 1, readdirSync(cache).join());
    for (const output of outputs) assert.equal(output, join(cache, readdirSync(cache)[0] ?? ''));
  });

  test('lives with a read-only home folder', { skip }, async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const port = await freePort();
    const script = `mount -t tmpfs -o ro tmpfs "$HOME" && exec ./sensitivity up --port ${port} --proxy builtin --data-dir "${folder}/data of read-only home"`;
    const up = start('unshare', ['--mount', 'sh', '-c', script], {
      HOME: home,
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    });
    await untilSaid('running at', up);
    await assertScores(port);
  });

  test('lives with a read-only root and one folder for its data, as a user without rights', {
    skip,
  }, async () => {
    const port = await freePort();
    const data = mkdtempSync(join(folder, 'writable-'));
    execFileSync('chown', ['1000:1000', data]);
    const script = `
      mount -o bind "${data}" "${data}"
      for place in / /tmp /var /run /dev/shm; do mount -o remount,bind,ro "$place" 2>/dev/null; done
      touch /probe /tmp/probe 2>/dev/null && exit 99
      cd /
      exec setpriv --reuid 1000 --regid 1000 --clear-groups --bounding-set -all --no-new-privs \\
        env -i "${executable}" up --port ${port} --proxy builtin --data-dir "${data}"`;
    const up = start('unshare', ['--mount', 'sh', '-c', script], {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    });
    await untilSaid('running at', up);
    await assertScores(port);
  });
});

function makeBundle(folder: string): string {
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle);
  for (let n = 0; n < 5; n += 1)
    writeFileSync(join(bundle, `part-${n}.js`), 'x'.repeat(100_000 * n));
  return bundle;
}

function hasCaddy(): boolean {
  return (process.env['PATH'] ?? '').split(':').some((place) => existsSync(join(place, 'caddy')));
}

async function isOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function registerWith(url: string, password: string): Promise<number> {
  const response = await fetch(`${url}/api/auth/users`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'common@example.com', password }),
  });
  await response.body?.cancel();
  return response.status;
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
  }
  return child.exitCode;
}
