import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { Client } from '../support/client.ts';
import { Installation } from '../support/installation.ts';
import { makeLetter } from '../support/sensitive-values.ts';

const connections = 2_000;

let installation: Installation;

before(async () => {
  installation = await Installation.start({
    processes: ['auth', 'beat', 'file', 'file2', 'worker'],
    env: { file2: { SENSITIVITY_MAX_CONNECTIONS: '500' } },
  });
});

after(() => installation.stop());

type Outcome = 'served' | 'refused' | 'hung';

/** Opens a connection, asks once the others are open too, and tells what came of it. */
async function ask(port: number, opened: Promise<void>, count: () => void): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const socket: Socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.once('connect', count);
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
    if (answer.includes('\r\n\r\n')) {
      resolve(/^HTTP\/1\.1 200 /.test(answer) ? 'served' : 'refused');
    }
  });
  socket.on('error', () => resolve('refused'));
  socket.on('close', () => resolve('refused'));
  const overdue = setTimeout(() => resolve('hung'), 20_000);
  await opened;
  socket.write('GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const outcome = await promise;
  clearTimeout(overdue);
  // Kept until all have theirs: the server has them all open at once.
  setTimeout(() => socket.destroy(), 1_000);
  return outcome;
}

async function askAll(url: string): Promise<Record<Outcome, number>> {
  const port = Number(new URL(url).port);
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  let open = 0;
  const asked = Array.from({ length: connections }, () =>
    ask(port, opened, () => {
      open += 1;
      if (open === connections) resolve();
    }),
  );
  const outcomes = { served: 0, refused: 0, hung: 0 };
  for (const outcome of await Promise.all(asked)) outcomes[outcome] += 1;
  return outcomes;
}

test('2,000 connections at once are all served, and a person still gets through', async () => {
  const outcomes = await askAll(installation.url('file'));
  assert.deepEqual(outcomes, { served: connections, refused: 0, hung: 0 });
  const client = await Client.register(installation.urls, 'crowd@example.com');
  const { id } = await client.uploadFile('crowd.txt', makeLetter('crowd'));
  assert.equal((await client.untilSettled(id)).status, 'scored');
});

test('connections over the limit are refused at once, none hangs, and it recovers', async () => {
  const outcomes = await askAll(installation.url('file2'));
  assert.equal(outcomes.hung, 0);
  assert.ok(outcomes.served >= 400 && outcomes.served <= 500, JSON.stringify(outcomes));
  assert.equal(outcomes.served + outcomes.refused, connections);
  await installation.untilReady('file2');
});
