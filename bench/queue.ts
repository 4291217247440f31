/**
 * The task queue beside BullMQ on Redis, both with their server in a process of its own: tasks
 * published a second in batches of 1,000, and drained a second by 50 slots whose handler does
 * nothing. Run with `node bench/queue.ts [tasks]`; needs redis-server on the path.
 *
 * Beat answers only once a task is on disk. Redis is measured as it comes (it may lose the last
 * seconds in a crash) and with `appendfsync always`, which promises what beat promises.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { openBroker } from '../src/broker/open-broker.ts';
import { type BeatSettings, runBeat } from '../src/roles/beat/main.ts';
import { startTestIssuer } from '../test/broker/test-issuer.ts';

const slots = 50;
const batchSize = 1_000;
const publishers = 2;

interface Figures {
  engine: string;
  publishedPerSecond: number;
  drainedPerSecond: number;
  /** Of the server's process, before the first task and after the last, in MiB. */
  idleMebibytes: number;
  endMebibytes: number;
}

interface Engine {
  publish: (from: number, count: number) => Promise<void>;
  /** Starts a consumer that calls back for every task, once it has come to its handler. */
  consume: (handled: () => void) => { stop: () => Promise<void> };
  /** How many tasks the server counts as done. */
  countFinished: () => Promise<number>;
}

if (process.argv[2] === 'beat') await runBeat(JSON.parse(process.argv[3] ?? '') as BeatSettings);
else await main(Number(process.argv[2] ?? 50_000));

async function main(tasks: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'queue-bench-'));
  try {
    const figures = [
      await measureBeat(tasks, folder),
      await measureBullMq(tasks, folder, 'no'),
      await measureBullMq(tasks, folder, 'always'),
    ];
    console.table(figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureBeat(tasks: number, folder: string): Promise<Figures> {
  const issuer = await startTestIssuer();
  const port = await findFreePort();
  const settings: BeatSettings = {
    host: '127.0.0.1',
    port,
    logLevel: 'warn',
    maxConnections: 1_000,
    idleTimeoutSeconds: 60,
    database: join(folder, 'beat.db'),
    version: '0.0.0',
    issuer: issuer.issuer,
    audience: issuer.audience,
    authUrl: issuer.url,
    leaseSeconds: 30,
    keepFinishedSeconds: 3_600,
    sweepSeconds: 3_600,
    maxLeaseLosses: 3,
  };
  const server = start(process.execPath, [import.meta.filename, 'beat', JSON.stringify(settings)]);
  const broker = openBroker(`http://127.0.0.1:${port}`, issuer.client);
  await untilReady(() => broker.check());
  const engine: Engine = {
    publish: async (from, count) => {
      await broker.publish(
        Array.from({ length: count }, (_, index) => ({
          name: 'scan',
          queue: 'bench',
          key: `scan:${from + index}`,
          args: { file: `file-${from + index}` },
        })),
      );
    },
    consume: (handled) => {
      const options = { concurrency: slots, worker: 'bench' };
      const consumer = broker.consume(['bench'], async () => handled(), options);
      return { stop: () => consumer.stop(10_000) };
    },
    countFinished: async () => {
      const stats = await broker.stats();
      return stats.find(({ queue }) => queue === 'bench')?.finished ?? 0;
    },
  };
  try {
    return await measure('beat (durable)', { tasks, engine, server });
  } finally {
    await broker.close();
    await stop(server);
    await issuer.close();
  }
}

async function measureBullMq(
  tasks: number,
  folder: string,
  fsync: 'no' | 'always',
): Promise<Figures> {
  const port = await findFreePort();
  const log = fsync === 'always' ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = start('redis-server', [...own, ...log, '--loglevel', 'warning']);
  const connection = { host: '127.0.0.1', port };
  await untilReady(() => reach(port));
  const queue = new Queue('bench', { connection });
  const engine: Engine = {
    publish: async (from, count) => {
      await queue.addBulk(
        Array.from({ length: count }, (_, index) => ({
          name: 'scan',
          data: { file: `file-${from + index}` },
          opts: { jobId: `scan-${from + index}`, priority: 5, attempts: 5 },
        })),
      );
    },
    consume: (handled) => {
      const worker = new Worker('bench', async () => handled(), { connection, concurrency: slots });
      return { stop: () => worker.close() };
    },
    countFinished: () => queue.getCompletedCount(),
  };
  try {
    const name = `BullMQ (${fsync === 'always' ? 'durable' : 'in memory'})`;
    return await measure(name, { tasks, engine, server });
  } finally {
    await queue.close();
    await stop(server);
  }
}

async function measure(
  name: string,
  { tasks, engine, server }: { tasks: number; engine: Engine; server: ChildProcess },
): Promise<Figures> {
  const idleMebibytes = residentMebibytes(server);
  const publishedPerSecond = tasks / (await time(() => publishAll(tasks, engine)));
  const drainedPerSecond = tasks / (await time(() => drainAll(tasks, engine)));
  return {
    engine: name,
    publishedPerSecond: Math.round(publishedPerSecond),
    drainedPerSecond: Math.round(drainedPerSecond),
    idleMebibytes,
    endMebibytes: residentMebibytes(server),
  };
}

async function publishAll(tasks: number, engine: Engine): Promise<void> {
  let next = 0;
  async function publishSome(): Promise<void> {
    while (next < tasks) {
      const from = next;
      next += batchSize;
      await engine.publish(from, Math.min(batchSize, tasks - from));
    }
  }
  await Promise.all(Array.from({ length: publishers }, publishSome));
}

/** Drained is a task that the server has as done, not one whose handler has run. */
async function drainAll(tasks: number, engine: Engine): Promise<void> {
  let handled = 0;
  const { promise: allHandled, resolve } = Promise.withResolvers<void>();
  const consumer = engine.consume(() => {
    handled += 1;
    if (handled === tasks) resolve();
  });
  await allHandled;
  while ((await engine.countFinished()) < tasks) await sleep(2);
  await consumer.stop();
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

function start(command: string, parameters: string[]): ChildProcess {
  return spawn(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function stop(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

async function untilReady(check: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(50);
    }
  }
}

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}

function residentMebibytes(server: ChildProcess): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
