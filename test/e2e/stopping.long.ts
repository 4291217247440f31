import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Client } from '../support/client.ts';
import { EventStream } from '../support/event-stream.ts';
import { Installation } from '../support/installation.ts';
import { makeEmail, makeLetter } from '../support/sensitive-values.ts';
import { until } from '../support/until.ts';

let installation: Installation;
let client: Client;

beforeEach(async () => {
  installation = await Installation.start({
    env: { beat: { SENSITIVITY_SWEEP_INTERVAL: '1d' }, worker: { SENSITIVITY_CONCURRENCY: '1' } },
  });
  client = await Client.register(installation.urls, 'edsger@example.com');
});

afterEach(() => installation.stop());

const withinMilliseconds = 5_000;

/** Stops a role and checks how it ended. SQLite removes the journal of what was closed in order. */
async function stopInOrder(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const database = join(installation.folder(name), `${name}.db`);
  assert.ok(existsSync(`${database}-wal`), `${name} had its database open`);
  const start = performance.now();
  assert.equal(await installation.kill(name, signal), 0, installation.logOf(name));
  assert.ok(performance.now() - start < withinMilliseconds, `${name} took too long`);
  assert.ok(existsSync(database));
  assert.ok(!existsSync(`${database}-wal`), `${name} closed its database`);
}

async function untilRunning(): Promise<void> {
  await until('a task being under way', async () => {
    const metrics = await (await fetch(`${installation.url('worker')}/metrics`)).text();
    return /sensitivity_worker_running_tasks\{.*\} 1/.test(metrics);
  });
}

test('each role ends on SIGTERM with exit code 0 and its database closed, whatever the order', async () => {
  const stream = await EventStream.open(installation.url('file'), client.token);
  const { id } = await client.uploadFile('letter.txt', makeLetter('stopping'));
  await client.untilSettled(id);
  for (const name of ['auth', 'beat', 'file', 'worker']) await stopInOrder(name);
  // An open stream ends with its server instead of keeping it.
  await stream.ended;
});

test('a role ends on SIGINT as well', async () => {
  for (const name of ['worker', 'file']) await stopInOrder(name, 'SIGINT');
});

test('file finishes an upload that is under way before it ends', async () => {
  const { port } = new URL(installation.url('file'));
  const boundary = 'a-boundary';
  const letter = `${makeLetter('under way')}${'Nothing of note. '.repeat(40_000)}`;
  const { promise: answered, resolve, reject } = Promise.withResolvers<number>();
  const upload = request({
    port,
    host: '127.0.0.1',
    path: '/api/file/upload',
    method: 'POST',
    headers: {
      Authorization: `Bearer ${client.token}`,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    },
  });
  upload.on('error', reject);
  upload.on('response', (response) => {
    response.resume();
    response.on('end', () => resolve(response.statusCode ?? 0));
  });
  upload.write(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="slow.txt"\r\n\r\n`,
  );
  upload.write(letter.slice(0, 400_000));
  const incoming = join(installation.folder('file'), 'content', 'incoming');
  await until('the upload having arrived in part', () => readdirSync(incoming).length > 0);
  const stopped = stopInOrder('file');
  await until('file taking no new connections', async () => {
    try {
      const response = await fetch(`${installation.url('file')}/healthcheck`, {
        headers: { Connection: 'close' },
      });
      await response.body?.cancel();
      return false;
    } catch {
      return true;
    }
  });
  upload.end(`${letter.slice(400_000)}\r\n--${boundary}--\r\n`);
  assert.equal(await answered, 201);
  await stopped;

  installation.launch('file');
  await installation.untilReady('file');
  const [file] = await client.json<{ id: string; filename: string }[]>('/');
  assert.equal(file?.filename, 'slow.txt');
  assert.equal((await client.untilSettled(file?.id ?? '')).status, 'scored');
});

test('a worker finishes the scan that runs and leaves the rest to others', async () => {
  const lines: string[] = [];
  for (let n = 0; n < 100_000; n += 1) lines.push(`write to ${makeEmail(`stop ${n}`)} today\n`);
  const long = await client.uploadFile('long.txt', lines.join(''));
  await untilRunning();
  const waiting = await client.uploadFile('waiting.txt', makeLetter('waiting'));
  await stopInOrder('worker');
  assert.equal((await client.read(long.id)).status, 'scored');
  assert.equal((await client.read(waiting.id)).status, 'pending');

  installation.launch('worker');
  await installation.untilReady('worker');
  // Given back, not left to its lease.
  const settled = await client.untilSettled(waiting.id, 5_000);
  assert.equal(settled.status, 'scored');
});

test('a worker whose file is away still ends in time, and its task is run later', async () => {
  await installation.kill('worker');
  const { id } = await client.uploadFile('away.txt', makeLetter('away'));
  await until('the task being queued', async () => {
    const metrics = await (await fetch(`${installation.url('file')}/metrics`)).text();
    return /sensitivity_outbox_published_total\{.*\} 1/.test(metrics);
  });
  await installation.kill('file');
  installation.launch('worker');
  await untilRunning();
  await stopInOrder('worker');
  for (const name of ['file', 'worker']) installation.launch(name);
  await Promise.all(['file', 'worker'].map((name) => installation.untilReady(name)));
  assert.equal((await client.untilSettled(id)).status, 'scored');
});
