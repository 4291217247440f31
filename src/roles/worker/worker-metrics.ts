import { Counter, Gauge, Histogram, type Registry } from '../../platform/metrics.ts';

export interface WorkerMetrics {
  tasks: Counter<'task' | 'outcome'>;
  scanSeconds: Histogram;
  scannedBytes: Counter;
  running: Gauge;
}

export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  return {
    tasks: new Counter({
      name: 'sensitivity_worker_tasks_total',
      help: 'Tasks run, by name and outcome.',
      labelNames: ['task', 'outcome'],
      registers,
    }),
    scanSeconds: new Histogram({
      name: 'sensitivity_scan_duration_seconds',
      help: 'Time from a task to its result, content fetched and scanned.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120, 600],
      registers,
    }),
    scannedBytes: new Counter({
      name: 'sensitivity_scanned_bytes_total',
      help: 'Bytes of content scanned.',
      registers,
    }),
    running: new Gauge({
      name: 'sensitivity_worker_running_tasks',
      help: 'Tasks under way.',
      registers,
    }),
  };
}
