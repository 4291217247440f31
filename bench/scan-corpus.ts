import { randomBytes } from 'node:crypto';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { defaultPolicy } from '../src/engine/policy.ts';
import { createScan } from '../src/engine/scan-text.ts';
import { type CorpusName, corpusNames, openCorpus } from './corpora.ts';

/**
 * Measures the engine on one corpus, in a process or thread of its own. The process is started by
 * `bench/scan.ts` with a job as JSON and prints a figure as JSON; the thread is sent jobs.
 */

export interface ScanJob {
  corpus: CorpusName;
  bytes: number;
  rounds: number;
}

export interface ScanFigure {
  /** The median round's time inside the engine. */
  milliseconds: number;
  /** The thread's own time on a processor in that round, which others on the machine do not add to. */
  cpuMilliseconds: number;
  bytes: number;
  findings: number;
  /** The largest resident set of the process so far, text under way included. */
  peakBytes: number;
}

const pieceBytes = 65_536;
const batchBytes = 262_144;
const warmUpBytes = 524_288;
const nothing = { milliseconds: 0, cpuMilliseconds: 0, bytes: 0, findings: 0 };
const fingerprintKey = randomBytes(32);

if (isMainThread && process.argv[1] === import.meta.filename) {
  const job = JSON.parse(process.argv[2] ?? '') as ScanJob;
  warmUp(job.corpus);
  process.stdout.write(`${JSON.stringify(measure(job))}\n`);
} else if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const job = workerData as ScanJob;
  warmUp(job.corpus);
  port.on('message', () => port.postMessage(measure(job)));
  port.postMessage('ready');
}

/** Scans a little of everything, then of what is measured, as a worker has after some files. */
function warmUp(corpus: CorpusName): void {
  for (const other of corpusNames) scanCorpus({ corpus: other, bytes: warmUpBytes });
  scanCorpus({ corpus, bytes: 4 * warmUpBytes });
}

function measure({ corpus, bytes, rounds }: ScanJob): ScanFigure {
  const figures = Array.from({ length: rounds }, () => scanCorpus({ corpus, bytes }));
  figures.sort((a, b) => a.milliseconds - b.milliseconds);
  const median = figures[Math.floor(figures.length / 2)] ?? nothing;
  return { ...median, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}

/** Scans the first `bytes` of a corpus; text is made between the times that are measured. */
function scanCorpus({ corpus, bytes }: Omit<ScanJob, 'rounds'>): Omit<ScanFigure, 'peakBytes'> {
  const next = openCorpus(corpus);
  const scan = createScan({ policy: defaultPolicy, fingerprintKey });
  const time = { milliseconds: 0, cpuMilliseconds: 0 };
  let scanned = 0;
  while (scanned < bytes) {
    let text = '';
    while (text.length < batchBytes) text += next();
    const batch = Buffer.from(text).subarray(0, bytes - scanned);
    scanned += batch.length;
    addTime(time, () => {
      for (let at = 0; at < batch.length; at += pieceBytes) {
        scan.push(batch.subarray(at, at + pieceBytes));
      }
    });
  }
  const { findingsTotal } = addTime(time, () => scan.finish());
  return { ...time, bytes: scanned, findings: findingsTotal };
}

function addTime<T>(time: { milliseconds: number; cpuMilliseconds: number }, run: () => T): T {
  const started = performance.now();
  const cpuBefore = process.threadCpuUsage();
  const result = run();
  const { user, system } = process.threadCpuUsage(cpuBefore);
  time.milliseconds += performance.now() - started;
  time.cpuMilliseconds += (user + system) / 1_000;
  return result;
}
