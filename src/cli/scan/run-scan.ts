/**
 * `sensitivity scan` at work: the walk (`walk-files.ts`), the scan on threads (`scan-files.ts`) and
 * a reporter (`reporters/`) are put together here, and what ends a scan early is heeded.
 */
import { statSync } from 'node:fs';
import { type Baseline, readBaseline } from './baseline.ts';
import { Ending } from './ending.ts';
import { type FingerprintKey, keyFromText, passingKey, readOwnKey } from './fingerprint-key.ts';
import { type OutputSink, openFile, openStdout } from './output-sink.ts';
import { PieceWriter } from './piece-writer.ts';
import { readPolicy } from './read-policy.ts';
import { csvReporter } from './reporters/csv-reporter.ts';
import { jsonReporter } from './reporters/json-reporter.ts';
import { jsonlReporter } from './reporters/jsonl-reporter.ts';
import type { Reporter } from './reporters/reporter.ts';
import { sarifReporter } from './reporters/sarif-reporter.ts';
import { tableReporter } from './reporters/table-reporter.ts';
import { FileScan } from './scan-files.ts';
import type { ScanOptions } from './scan-options.ts';
import { ProgressLine } from './scan-progress.ts';
import { showCounts } from './show-numbers.ts';
import { type ScanSummary, SummaryCounter } from './summary.ts';
import { type FileIdentity, walkFiles } from './walk-files.ts';

const exitCodes = { nothing: 0, reached: 1, problems: 3 } as const;

/**
 * Scans and reports; returns the exit code.
 *
 * @throws {SettingError} when the baseline or the output cannot be opened.
 */
export async function runScan(options: ScanOptions): Promise<number> {
  const key = chooseKey(options);
  const baseline =
    options.baseline === undefined ? undefined : await readBaseline(options.baseline, key.id);
  const ending = new Ending();
  const { output } = options;
  const sink = output === undefined ? openStdout(() => ending.end('closed')) : openFile(output);
  ending.onForced = () => sink.discard();
  let code: number;
  try {
    code = await scanInto(sink, { options, key, baseline, ending });
  } finally {
    sink.discard();
    ending.forget();
  }
  // The report is written; what still waits for standard input must not keep the process.
  if (ending.cause !== undefined) process.exit(code);
  return code;
}

interface Run {
  options: ScanOptions;
  key: FingerprintKey;
  baseline: Baseline | undefined;
  ending: Ending;
}

async function scanInto(sink: OutputSink, run: Run): Promise<number> {
  const { options, key, baseline, ending } = run;
  const policy = readPolicy(options);
  const reporter = reporterOf(options);
  const counter = new SummaryCounter(options.threshold);
  let ignored = 0;
  const walk = walkFiles(options.paths, {
    heedsIgnore: options.heedsIgnore,
    ownFiles: [...sink.ownFiles, ...identify(options.baseline)],
    draft: sink.draft,
    onIgnored: () => {
      ignored += 1;
    },
  });
  const scan = new FileScan({
    ...options,
    walk,
    openStdin: () => ending.openStdin(),
    policy,
    fingerprintKey: key.key,
    fingerprintKeyId: key.id,
    signal: ending.signal,
  });
  const line = showsProgress(options)
    ? new ProgressLine(() => scan.progress(), process.stderr)
    : undefined;
  try {
    const writer = new PieceWriter(sink, () => line?.clear());
    writer.add(reporter.begin());
    for await (const results of scan.results()) {
      for (const found of results) {
        const result = baseline?.filter(found) ?? found;
        counter.add(result, { byFindings: baseline !== undefined });
        writer.add(reporter.file(result));
        if (writer.isFull) await writer.flush();
      }
      await writer.flush();
    }
    const summary = counter.finish({
      complete: ending.cause === undefined,
      ignored,
      inBaseline: baseline?.hidden ?? null,
      policyVersion: policy.version,
    });
    writer.add(reporter.end(summary));
    await writer.flush();
    await sink.finish();
    line?.close();
    noteOnStderr(summary, run);
    return exitCodeOf(counter, ending);
  } finally {
    line?.close();
  }
}

/** Fingerprints that nobody sees need no key that is kept. */
function chooseKey({ fingerprintKey, format, baseline }: ScanOptions): FingerprintKey {
  if (fingerprintKey !== undefined) return keyFromText(fingerprintKey);
  return format === 'table' && baseline === undefined ? passingKey() : readOwnKey();
}

function reporterOf({ format, showsAll, hasColor }: ScanOptions): Reporter {
  if (format === 'json') return jsonReporter();
  if (format === 'jsonl') return jsonlReporter();
  if (format === 'csv') return csvReporter();
  if (format === 'sarif') return sarifReporter();
  return tableReporter({ showsAll, hasColor });
}

function identify(file: string | undefined): FileIdentity[] {
  const stats = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? [] : [stats];
}

function showsProgress({ isQuiet }: ScanOptions): boolean {
  return !isQuiet && process.stderr.isTTY;
}

/** What a report in a machine's format does not say to the person who started the scan. */
function noteOnStderr(summary: ScanSummary, { options, key, ending }: Run): void {
  if (options.isQuiet || ending.cause === 'closed') return;
  const isSeen = options.format === 'table' && options.output === undefined;
  const notes: string[] = [];
  if (!isSeen && summary.problems > 0) {
    const reasons = showCounts(summary.not_scanned, 12);
    notes.push(`${summary.problems} could not be scanned (of what was not scanned: ${reasons})`);
  }
  if (!isSeen && !summary.complete) {
    notes.push('the scan was ended early; the report is incomplete');
  }
  if (key.life === 'passing' && options.format !== 'table') {
    notes.push(
      'fingerprints of this run compare with no other: their key could not be kept, give --fingerprint-key',
    );
  }
  for (const note of notes) process.stderr.write(`sensitivity: ${note}\n`);
}

function exitCodeOf(counter: SummaryCounter, { exitCode }: Ending): number {
  if (exitCode !== undefined) return exitCode;
  if (counter.isReached) return exitCodes.reached;
  return counter.problems > 0 ? exitCodes.problems : exitCodes.nothing;
}
