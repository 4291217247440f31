import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { findCaddy } from '../../src/cli/up/find-caddy.ts';
import { Client } from '../support/client.ts';
import { EventStream } from '../support/event-stream.ts';
import { makeLetter } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';
import { Up } from '../support/up.ts';

const hasCaddy = findCaddy(process.env['PATH'] ?? '') !== undefined;
const isCi = process.env['CI'] === 'true';

for (const proxy of ['builtin', 'caddy'] as const) {
  // On a machine of the project's own every engine has to be there.
  const skip = proxy === 'caddy' && !hasCaddy && !isCi ? 'caddy is not on PATH' : false;
  describe(`sensitivity up --proxy ${proxy}`, { skip }, () => {
    let up: Up;
    let client: Client;

    before(async () => {
      up = await Up.start({ proxy });
      client = await Client.register({ auth: up.url, file: up.url }, 'barbara@example.com');
    });

    after(() => up.remove());

    test('serves the page, the documentation and every role at one port', async () => {
      for (const path of ['/api/auth', '/api/file', '/api/beat']) {
        for (const page of ['/healthcheck', '/docs', '/openapi.json']) {
          const response = await fetch(`${up.url}${path}${page}`);
          assert.equal(response.status, 200, `${path}${page}`);
          assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
          await response.body?.cancel();
        }
      }
      for (const path of ['/api/auth/metrics', '/metrics']) {
        const response = await fetch(`${up.url}${path}`);
        assert.equal(response.status, 404, path);
        await response.body?.cancel();
      }
    });

    test('takes an upload whose client waits to be asked for the body', async () => {
      const body = randomBytes(2 * 1_048_576);
      const sent = request(`${up.url}/api/file/asked.bin`, {
        method: 'PUT',
        headers: {
          Authorization: `Bearer ${client.token}`,
          'Content-Length': String(body.length),
          Expect: '100-continue',
        },
      });
      sent.once('continue', () => sent.end(body));
      sent.flushHeaders();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      assert.equal(response.statusCode, 201);
    });

    test('scores an upload, and the event stream tells of it without delay', async () => {
      const stream = await EventStream.open(up.url, client.token);
      const sentAt = performance.now();
      const { id } = await client.uploadFile('letter.txt', makeLetter(proxy));
      const scored = await until('the scored event', () =>
        stream.find('status', { id, status: 'scored' }),
      );
      assert.ok(scored.at - sentAt < 2_000, `${scored.at - sentAt} ms`);
      assert.ok(stream.find('status', { id, status: 'pending' }));
      await stream.close();
      assert.equal((await client.read(id)).label, 'confidential');
    });

    test('takes and gives back a few megabytes unchanged', async () => {
      const content = randomBytes(8 * 1_048_576);
      const { id, filesize } = await client.uploadFile('large.bin', content);
      assert.equal(filesize, content.length);
      const response = await client.request(`/${id}/content`);
      assert.ok(content.equals(Buffer.from(await response.arrayBuffer())));
    });

    const processes = ['auth', 'beat', 'file', 'worker', ...(proxy === 'caddy' ? ['caddy'] : [])];
    test('starts a process that was killed again, and works on', async () => {
      for (const name of processes) {
        const pid = up.findChild(name);
        assert.ok(pid !== undefined, `${name} runs`);
        process.kill(pid, 'SIGKILL');
        const another = await until(`${name} running again`, () => {
          const found = up.findChild(name);
          return found !== pid && found;
        });
        assert.notEqual(another, pid);
        assert.match(up.output, new RegExp(`${name} ended \\(.+\\); starting it again`));
        await until(`an upload being scored after ${name} was killed`, async () => {
          await client.signIn();
          const { id } = await client.uploadFile(`${name}.txt`, makeLetter(`${proxy} ${name}`));
          return (await client.untilSettled(id)).status === 'scored';
        });
      }
    });

    test('ends with one SIGINT: exit code 0, no process left, nothing said of failures', async () => {
      assert.equal(await up.stop('SIGINT'), 0, up.output);
      assert.deepEqual(up.children(), []);
    });
  });

  test(`killing sensitivity up --proxy ${proxy} leaves no process behind`, { skip }, async () => {
    const up = await Up.start({ proxy });
    try {
      assert.ok(up.children().length >= 4);
      await up.stop('SIGKILL');
      await until('every process being gone', () => up.children().length === 0, 10_000);
    } finally {
      await up.remove();
    }
  });
}

test("a role's settings in the environment reach it through up", async () => {
  const env = { SENSITIVITY_MAX_UPLOAD: '1000' };
  const up = await Up.start({ proxy: 'builtin', env });
  try {
    const client = await Client.register({ auth: up.url, file: up.url }, 'grace@example.com');
    assert.equal((await client.upload('long.txt', 'x'.repeat(1_001))).status, 413);
    assert.equal((await client.upload('short.txt', 'x'.repeat(1_000))).status, 201);
  } finally {
    await up.remove();
  }
});

test('Ctrl-C while it is still starting ends it, and soon', async () => {
  const up = await Up.launch({ proxy: 'builtin' });
  try {
    await until('the roles being started', () => up.children().length === 4);
    up.interrupt();
    assert.equal(await up.ended(20_000), 0, up.output);
    assert.ok(!up.output.includes('running at'));
    assert.deepEqual(up.children(), []);
  } finally {
    await up.remove();
  }
});

for (const proxy of ['builtin', 'caddy'] as const) {
  const skip = proxy === 'caddy' && !hasCaddy && !isCi ? 'caddy is not on PATH' : false;
  test(`a port that is taken ends up --proxy ${proxy} with one line and exit code 1`, {
    skip,
  }, async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const up = await Up.launch({ proxy, port });
    try {
      assert.equal(await up.ended(), 1);
      await until('every process being gone', () => up.children().length === 0);
      const lines = up.output.trim().split('\n');
      assert.equal(lines.length, 1, up.output);
      assert.match(lines[0] ?? '', new RegExp(`^sensitivity: .*port ${port} .*taken`));
    } finally {
      await up.remove();
      holder.close();
    }
  });
}
