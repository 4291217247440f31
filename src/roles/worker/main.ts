import { hostname, setPriority } from 'node:os';
import { dirname } from 'node:path';
import type { Consumer } from '../../broker/broker.ts';
import { openBroker } from '../../broker/open-broker.ts';
import { ServiceClient } from '../../platform/http/service-client.ts';
import type { ServerSettings, TokenSettings } from '../../platform/role-settings.ts';
import { type RoleBase, type RoleParts, runRole } from '../../platform/run-role.ts';
import { temporaryFolder } from '../../platform/thread-code.ts';
import { Deliveries } from './deliveries.ts';
import { FileClient } from './file-client.ts';
import { ScanPool } from './scan-pool.ts';
import { Results } from './store/results.ts';
import { runTask } from './tasks/run-task.ts';
import type { WorkerContext } from './worker-context.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

export interface WorkerSettings extends ServerSettings, TokenSettings {
  fileUrl: string;
  broker: string;
  clientId: string;
  clientSecret: string;
  /** Scans at once, a thread each. */
  concurrency: number;
  queues: string[];
  threadMemoryBytes: number;
  taskTimeoutSeconds: number;
  /** Where the executable keeps the code of its threads. */
  cacheDir: string;
  /** Delivered results that are remembered. */
  cachedResults: number;
}

/** After so long without word from the broker the queue counts as standing still. */
const silenceMilliseconds = 60_000;

/** On a shared machine scans yield to the roles that people wait for. */
const niceness = 10;

/** How long running tasks may go on after a stop before they are given back. */
const graceMilliseconds = 25_000;

/**
 * The worker role: takes tasks from the broker, runs scans on threads and delivers their results
 * to the file role. Its database is the node's own memory, a journal and a cache.
 */
export function runWorker(settings: WorkerSettings): Promise<void> {
  setPriority(niceness);
  return runRole('worker', settings, (base) => createWorker(settings, base));
}

/** The role without its port. */
export function createWorker(settings: WorkerSettings, base: RoleBase): RoleParts {
  const { log } = base;
  const client = new ServiceClient(settings);
  const broker = openBroker(settings.broker, client);
  const file = new FileClient(client, settings.fileUrl);
  const results = new Results(settings.database, settings.cachedResults);
  const deliveries = new Deliveries(results, file, log);
  const pool = new ScanPool({
    threads: settings.concurrency,
    threadMemoryBytes: settings.threadMemoryBytes,
    cacheFolders: [settings.cacheDir, temporaryFolder(), dirname(settings.database)],
  });
  const stopping = new AbortController();
  const context: WorkerContext = {
    pool,
    results,
    deliveries,
    file,
    client,
    authUrl: settings.authUrl,
    brokerUrl: settings.broker,
    taskTimeoutSeconds: settings.taskTimeoutSeconds,
    stopping: stopping.signal,
    metrics: createWorkerMetrics(base.metrics),
    log,
  };
  let consumer: Consumer | undefined;
  return {
    description: 'Scans contents. Nothing here but its health.',
    routes: () => {},
    checks: {
      database: () => results.check(),
      auth: async () => {
        await client.token();
      },
      file: () => file.check(),
      broker: () => {
        if (!consumer?.connected) throw new Error('the broker does not answer');
      },
      queue: () => {
        const silence = Date.now() - (consumer?.lastContact ?? 0);
        if (silence > silenceMilliseconds) {
          throw new Error(`nothing was heard of the queue for ${Math.round(silence / 1_000)} s`);
        }
      },
    },
    started: () => {
      deliveries.resume();
      // Loading every detector takes a good part of a second; who uploads first need not wait.
      pool.warm();
      consumer = broker.consume(
        settings.queues,
        (task, taskContext) => runTask(context, task, taskContext),
        { concurrency: settings.concurrency, worker: `${hostname()}:${process.pid}` },
      );
    },
    beforeStop: [
      {
        name: 'tasks',
        stop: async () => {
          stopping.abort();
          deliveries.stop();
          await consumer?.stop(graceMilliseconds);
        },
      },
    ],
    afterStop: [
      { name: 'threads', stop: () => pool.close() },
      { name: 'broker', stop: () => broker.close() },
      { name: 'deliveries', stop: () => deliveries.close() },
      { name: 'database', stop: () => results.close() },
    ],
  };
}
