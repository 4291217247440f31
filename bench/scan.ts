import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { detectors } from '../src/engine/detector-list.ts';
import { hasRipgrep, measureRipgrep } from './beside-ripgrep.ts';
import { hasSecretlint, measureSecretlint } from './beside-secretlint.ts';
import { corpusNames } from './corpora.ts';
import type { ScanFigure, ScanJob } from './scan-corpus.ts';
import type { PeerFigure } from './take-turns.ts';

/**
 * Throughput of the engine with every detector on, warm, by kind of text; how it holds with size
 * and with a second thread; and, where they are installed, beside `rg` and secretlint. Prints
 * Markdown. `npm run bench:scan -- --help` tells the options.
 */

const mebibyte = 1_048_576;
const textsForThreads = new Set<string>(['prose', 'logs', 'csv', 'code']);
/** As `sensitivity` is started. */
const nodeFlags = ['--max-semi-space-size=4'];
const help = `npm run bench:scan -- [--size MIB] [--large MIB] [--line MIB] [--only CORPUS] [--rounds N]
  --size    MiB of each corpus (16)
  --large   MiB to compare with --size, of logs and prose (256; 0 leaves it out)
  --line    MiB of the single line (64)
  --only    one corpus: ${corpusNames.join(', ')}
  --rounds  rounds, of which the median counts (3)
`;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '16' },
    large: { type: 'string', default: '256' },
    line: { type: 'string', default: '64' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});
const size = Number(values.size) * mebibyte;
const rounds = Number(values.rounds);
const peerBytes = Math.min(size, 8 * mebibyte);
const chosen = corpusNames.filter((name) => values.only === undefined || name === values.only);

if (values.help || chosen.length === 0) process.stdout.write(help);
else await main();

async function main(): Promise<void> {
  print(`${detectors.length} detectors, Node ${process.versions.node}\n`);
  measureCorpora();
  if (Number(values.large) > 0) measureSizes(Number(values.large) * mebibyte);
  await measureThreads();
  await measureBesideRipgrep();
  await measureBesideSecretlint();
}

function measureCorpora(): void {
  print('| text | MiB | MiB/s | MiB/s of processor time | findings | peak memory, MiB |');
  print('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const corpus of chosen) {
    const bytes = corpus === 'one line' ? Number(values.line) * mebibyte : size;
    const figure = measure({ corpus, bytes, rounds });
    const cpu = perSecond({ bytes, milliseconds: figure.cpuMilliseconds }).toFixed(0);
    const cells = [corpus, bytes / mebibyte, rate(figure), cpu, figure.findings];
    print(row([...cells, (figure.peakBytes / mebibyte).toFixed(0)]));
  }
}

/** The same text, longer, in turns with the shorter. */
function measureSizes(large: number): void {
  const [few, many] = [size, large].map((bytes) => bytes / mebibyte);
  print(`\n| text | ${few} MiB, MiB/s | ${many} MiB, MiB/s | ratio | peak memory, MiB |`);
  print('| --- | ---: | ---: | ---: | ---: |');
  for (const corpus of chosen.filter((name) => name === 'logs' || name === 'prose')) {
    const short = measure({ corpus, bytes: size, rounds });
    const long = measure({ corpus, bytes: large, rounds: 1 });
    const ratio = perSecond(long) / perSecond(short);
    const peaks = [short, long].map(({ peakBytes }) => (peakBytes / mebibyte).toFixed(0));
    print(row([corpus, rate(short), rate(long), ratio.toFixed(2), peaks.join(' → ')]));
  }
}

/** One thread alone, then two at once over a text each. */
async function measureThreads(): Promise<void> {
  print('\n| text | 1 thread, MiB/s | 2 threads, MiB/s | ratio |\n| --- | ---: | ---: | ---: |');
  for (const corpus of chosen.filter((name) => textsForThreads.has(name))) {
    const job = { corpus, bytes: size, rounds: 1 };
    const alone = await runThreads(1, job);
    const both = await runThreads(2, job);
    print(row([corpus, alone.toFixed(0), both.toFixed(0), (both / alone).toFixed(2)]));
  }
}

/** MiB a second of all threads together, while all of them scan. */
async function runThreads(count: number, job: ScanJob): Promise<number> {
  const file = join(import.meta.dirname, 'scan-corpus.ts');
  const threads = Array.from({ length: count }, () => new Worker(file, { workerData: job }));
  const answer = (thread: Worker): Promise<unknown> =>
    new Promise((done, reject) => {
      thread.once('message', done);
      thread.once('error', reject);
    });
  await Promise.all(threads.map(answer));
  const answers = threads.map(answer);
  for (const thread of threads) thread.postMessage('start');
  const figures = (await Promise.all(answers)) as ScanFigure[];
  await Promise.all(threads.map((thread) => thread.terminate()));
  return figures.reduce((sum, figure) => sum + perSecond(figure), 0);
}

async function measureBesideRipgrep(): Promise<void> {
  if (!hasRipgrep()) {
    print('\nrg is not on the path: not compared.');
    return;
  }
  print('\nBeside `rg` with the anchors of all detectors, one thread:\n');
  printPeerHead('rg');
  for (const corpus of chosen) {
    for (const mode of ['--count', '--only-matching'] as const) {
      printPeer(`${corpus}, \`${mode}\``, await measureRipgrep(corpus, { bytes: peerBytes, mode }));
    }
  }
}

async function measureBesideSecretlint(): Promise<void> {
  if (!hasSecretlint()) {
    print('\nsecretlint is not installed: not compared.');
    return;
  }
  print('\nBeside secretlint with its recommended rules, files of 1 MiB:\n');
  printPeerHead('secretlint');
  for (const corpus of chosen) {
    printPeer(
      corpus,
      await measureSecretlint(corpus, { bytes: Math.min(peerBytes, 4 * mebibyte) }),
    );
  }
}

function printPeerHead(peer: string): void {
  print(`| text | MiB | ${peer}, MiB/s | reported | sensitivity, MiB/s | ratio |`);
  print('| --- | ---: | ---: | ---: | ---: | ---: |');
}

function printPeer(text: string, figure: PeerFigure): void {
  const { bytes, peerMilliseconds, ourMilliseconds, reported } = figure;
  const peer = perSecond({ bytes, milliseconds: peerMilliseconds });
  const ours = perSecond({ bytes, milliseconds: ourMilliseconds });
  const ratio = (ours / peer).toFixed(2);
  print(row([text, bytes / mebibyte, peer.toFixed(1), reported, ours.toFixed(1), ratio]));
}

/** Measures in a process of its own, so that memory and compiled code are its alone. */
function measure(job: ScanJob): ScanFigure {
  const file = join(import.meta.dirname, 'scan-corpus.ts');
  const { stdout, status } = spawnSync(
    process.execPath,
    [...nodeFlags, file, JSON.stringify(job)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (status !== 0) throw new Error(`measuring ${job.corpus} ended with ${status}`);
  return JSON.parse(stdout) as ScanFigure;
}

function perSecond({ bytes, milliseconds }: { bytes: number; milliseconds: number }): number {
  return bytes / mebibyte / (milliseconds / 1_000);
}

function rate(figure: ScanFigure): string {
  return perSecond(figure).toFixed(0);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
