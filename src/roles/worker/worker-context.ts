import type { ServiceClient } from '../../platform/http/service-client.ts';
import type { Log } from '../../platform/log.ts';
import type { Deliveries } from './deliveries.ts';
import type { FileClient } from './file-client.ts';
import type { ScanPool } from './scan-pool.ts';
import type { Results } from './store/results.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/** What the tasks of this role work with; made once, in `main.ts`. */
export interface WorkerContext {
  pool: ScanPool;
  results: Results;
  deliveries: Deliveries;
  file: FileClient;
  client: ServiceClient;
  authUrl: string;
  brokerUrl: string;
  taskTimeoutSeconds: number;
  /** Aborted when this role stops: what waits for another role ends, what runs goes on. */
  stopping: AbortSignal;
  metrics: WorkerMetrics;
  log: Log;
}
