import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { Installation } from '../support/installation.ts';
import { runCommand } from '../support/run-command.ts';
import { useFolder } from '../support/use-folder.ts';

describe('health', () => {
  let installation: Installation;

  before(async () => {
    installation = await Installation.start({ processes: ['auth'] });
  });

  after(() => installation.stop());

  test('says that a role is alive, with exit code 0', async () => {
    const { code, stdout } = await runCommand(['health', '--url', installation.url('auth')]);
    assert.deepEqual([code, stdout], [0, '{"alive":true}\n']);
  });

  test('finds the role by the port that the environment tells', async () => {
    const { port } = new URL(installation.url('auth'));
    const { code } = await runCommand(['health'], { env: { SENSITIVITY_PORT: port } });
    assert.equal(code, 0);
  });

  test('says that nothing is there, with exit code 1', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stdout } = await runCommand(['health', '--url', url]);
    assert.deepEqual([code, stdout], [1, '{"alive":false}\n']);
  });

  test('does not wait for one that never answers', async (t) => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const { code } = await runCommand(['health', '--url', `http://127.0.0.1:${port}`]);
    assert.equal(code, 1);
  });
});

describe('secrets', () => {
  test('makes the secrets once, readable by their owner alone, and keeps them', async (t) => {
    const folder = join(useFolder(t), 'new', 'secrets');
    const first = await runCommand(['secrets', folder]);
    assert.equal(first.code, 0, first.stderr);
    const paths = Object.values(JSON.parse(first.stdout) as Record<string, string>);
    assert.equal(paths.length, 2);
    const contents = paths.map((path) => readFileSync(path, 'utf8'));
    for (const path of paths) assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.ok(contents.every((content) => content.trim().length >= 40));
    assert.equal(new Set(contents).size, 2);

    const second = await runCommand(['secrets', folder]);
    assert.equal(second.stdout, first.stdout);
    assert.deepEqual(
      paths.map((path) => readFileSync(path, 'utf8')),
      contents,
    );
  });

  test('makes the same ones when two are started at once, and leaves nothing else', async (t) => {
    const folder = useFolder(t);
    const runs = await Promise.all([1, 2, 3, 4].map(() => runCommand(['secrets', folder])));
    assert.deepEqual(
      runs.map(({ code }) => code),
      [0, 0, 0, 0],
    );
    assert.equal(readdirSync(folder).length, 2);
  });

  test('are what a role reads by the name of a file', async (t) => {
    const folder = useFolder(t);
    const { stdout } = await runCommand(['secrets', folder]);
    const { worker } = JSON.parse(stdout) as { worker: string };
    const shown = await runCommand(['config', 'worker'], {
      env: { SENSITIVITY_CLIENT_SECRET_FILE: worker },
    });
    assert.match(shown.stdout, /--client-secret +\[redacted\] +SENSITIVITY_CLIENT_SECRET_FILE/);
  });
});
