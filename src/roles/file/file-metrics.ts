import { Counter, Gauge, type Registry } from '../../platform/metrics.ts';

export interface FileMetrics {
  uploads: Counter<'outcome'>;
  uploadedBytes: Counter;
  results: Counter<'status'>;
  published: Counter;
  rescored: Counter<'outcome'>;
  watchers: Gauge;
}

export function createFileMetrics(registry: Registry): FileMetrics {
  const registers = [registry];
  return {
    uploads: new Counter({
      name: 'sensitivity_uploads_total',
      help: 'Uploads by outcome: kept, or the code of the error.',
      labelNames: ['outcome'],
      registers,
    }),
    uploadedBytes: new Counter({
      name: 'sensitivity_uploaded_bytes_total',
      help: 'Bytes of uploads kept.',
      registers,
    }),
    results: new Counter({
      name: 'sensitivity_scan_results_total',
      help: 'Scan results received, by what became of them or by status.',
      labelNames: ['status'],
      registers,
    }),
    published: new Counter({
      name: 'sensitivity_outbox_published_total',
      help: 'Scans handed from the outbox to the broker.',
      registers,
    }),
    rescored: new Counter({
      name: 'sensitivity_rescored_contents_total',
      help: 'Contents brought to another policy: rescored from what is stored, or queued for a scan.',
      labelNames: ['outcome'],
      registers,
    }),
    watchers: new Gauge({
      name: 'sensitivity_event_watchers',
      help: 'Open event streams.',
      registers,
    }),
  };
}
