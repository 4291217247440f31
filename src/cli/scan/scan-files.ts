/**
 * Files in, results out in the order of the walk, with bounded memory: the walk is so many files
 * ahead at most, small files share a batch, and what is found waits for what comes before it.
 */
import { BatchQueue } from './batch-queue.ts';
import { BatchRunner, type BatchRunnerOptions, type Job } from './batch-runner.ts';
import { toSystemPath } from './file-path.ts';
import { type FileResult, toResult, unscanned } from './file-result.ts';
import { scanSmallText } from './scan-batch.ts';
import { type Head, openPipe, takeHead } from './stream-pipe.ts';
import { unreadableReason } from './unreadable.ts';
import type { WalkEntry } from './walk-files.ts';

export interface ScanFilesOptions extends BatchRunnerOptions {
  walk: Iterable<WalkEntry>;
  /** Is called when standard input is to be scanned. */
  openStdin: () => AsyncIterable<Uint8Array>;
  fingerprintKeyId: string;
  /** Aborted, the scan ends with what it has. */
  signal: AbortSignal;
}

/** Files and bytes that are done and that the walk has found so far. */
export interface ScanProgress {
  filesDone: number;
  bytesDone: number;
  filesFound: number;
  bytesFound: number;
  isWalkDone: boolean;
  path: string;
}

/** How far the walk is ahead of what is shown, in files. */
const mostAhead = 32_768;
/** Findings that may wait for an earlier file before no further batch is begun. */
const mostFindingsWaiting = 50_000;
const walkSliceMilliseconds = 8;
/** So little is scanned before threads would have started. */
const mostFilesWithoutThreads = 256;
const mostBytesWithoutThreads = 1_048_576;
/** After so many of them others have their turn. */
const filesInATurn = 8;
const stdinHeadBytes = 262_144;

export class FileScan {
  readonly #options: ScanFilesOptions;
  readonly #runner: BatchRunner;
  readonly #walk: Iterator<WalkEntry>;
  /** In the order of the walk; those before `#shown` have been handed out. */
  #jobs: Job[] = [];
  #shown = 0;
  readonly #batches = new BatchQueue();
  #begun = 0;
  #inFlight = 0;
  #findingsWaiting = 0;
  #isWalkDone = false;
  #failure: Error | undefined;
  #wake: () => void = () => {};
  readonly #progress = { filesDone: 0, bytesDone: 0, filesFound: 0, bytesFound: 0 };

  constructor(options: ScanFilesOptions) {
    this.#options = options;
    this.#runner = new BatchRunner(options);
    this.#walk = options.walk[Symbol.iterator]();
  }

  progress(): ScanProgress {
    const { filesDone, bytesDone, filesFound, bytesFound } = this.#progress;
    const running = this.#runner.progress();
    return {
      filesDone: filesDone + running.files,
      bytesDone: bytesDone + running.bytes,
      filesFound,
      bytesFound,
      isWalkDone: this.#isWalkDone,
      path: running.path?.text ?? '',
    };
  }

  /**
   * The results, as many at once as are ready; after an abort those that were found by then.
   *
   * @throws {ThreadNotStarted} when no thread comes up.
   */
  async *results(): AsyncIterable<readonly FileResult[]> {
    const stop = (): void => {
      this.#runner.stop();
      this.#wake();
    };
    this.#options.signal.addEventListener('abort', stop);
    try {
      while (!this.#options.signal.aborted) {
        const wake = new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        const isAhead = await this.#walkAhead();
        this.#begin();
        const ready = this.#takeReady();
        if (ready.length > 0) yield ready;
        else if (this.#failure !== undefined) throw this.#failure;
        else if (this.#isWalkDone && this.#jobs.length === this.#shown) return;
        else if (isAhead) await wake;
      }
      yield this.#takeFound();
    } finally {
      this.#options.signal.removeEventListener('abort', stop);
      await this.#runner.close();
    }
  }

  /** Walks on for a moment; true when it need not go on until something is done. */
  async #walkAhead(): Promise<boolean> {
    const until = performance.now() + walkSliceMilliseconds;
    while (!this.#isWalkDone && this.#jobs.length - this.#shown < mostAhead) {
      const { done, value } = this.#walk.next();
      if (done === true) {
        this.#isWalkDone = true;
        await this.#closeWalk();
      } else if (value.kind === 'stdin') {
        await this.#addStdin(value.path);
      } else {
        this.#add(value);
      }
      if (performance.now() > until) {
        await new Promise(setImmediate);
        return false;
      }
    }
    return true;
  }

  #add(entry: Exclude<WalkEntry, { kind: 'stdin' }>): void {
    const { path } = entry;
    if (entry.kind === 'passed') {
      const result = unscanned(entry.status, entry.reason);
      this.#jobs.push({ path, size: 0, file: nothing, result });
      return;
    }
    const { size, isNamed: followsLinks } = entry;
    const file = { from: 'path', path: toSystemPath(path), followsLinks } as const;
    this.#addJob({ path, size, file, result: undefined });
  }

  #addJob(job: Job): void {
    this.#jobs.push(job);
    this.#progress.filesFound += 1;
    this.#progress.bytesFound += job.size;
    this.#batches.add(job);
  }

  async #addStdin(path: Job['path']): Promise<void> {
    const stopped = new Promise<undefined>((resolve) => {
      this.#options.signal.addEventListener('abort', () => resolve(undefined));
    });
    let source: AsyncIterator<Uint8Array>;
    let head: Head | undefined;
    try {
      source = this.#options.openStdin()[Symbol.asyncIterator]();
      head = await Promise.race([takeHead(source, stdinHeadBytes), stopped]);
    } catch (error) {
      const result = unscanned('failed', unreadableReason(error));
      this.#jobs.push({ path, size: 0, file: nothing, result });
      return;
    }
    if (head === undefined) return;
    const size = head.bytes.length;
    if (head.isWhole) {
      this.#addJob({ path, size, file: { from: 'memory', bytes: head.bytes }, result: undefined });
      return;
    }
    const pipe = openPipe(head.bytes, source);
    this.#batches.close();
    this.#addJob({ path, size, file: { from: 'pipe', pipe }, result: undefined });
    this.#batches.close();
  }

  /** When all there is to scan is little, it is scanned here: threads take longer to start. */
  async #closeWalk(): Promise<void> {
    this.#batches.close();
    const { filesFound, bytesFound } = this.#progress;
    const isLittle =
      this.#begun === 0 &&
      filesFound <= mostFilesWithoutThreads &&
      bytesFound <= mostBytesWithoutThreads;
    if (!isLittle) return;
    let turns = 0;
    for (const job of this.#batches.jobs()) {
      turns += 1;
      if (turns % filesInATurn === 0) await new Promise(setImmediate);
      if (this.#options.signal.aborted) return;
      job.result = await scanSmallText(job.file, this.#options);
      if (job.result !== undefined) this.#countDone(job);
    }
    this.#batches.dropSettled();
  }

  /** Hands batches to threads; the first waits until there is enough to do for one. */
  #begin(): void {
    const { filesFound, bytesFound } = this.#progress;
    const isEnough = filesFound > mostFilesWithoutThreads || bytesFound > mostBytesWithoutThreads;
    if (!isEnough && !this.#isWalkDone) return;
    while (this.#inFlight === 0 || this.#findingsWaiting < mostFindingsWaiting) {
      if (this.#inFlight >= this.#options.threads * 2) return;
      const batch = this.#batches.take();
      if (batch === undefined) return;
      this.#begun += 1;
      this.#inFlight += 1;
      void this.#run(batch);
    }
  }

  async #run(batch: Job[]): Promise<void> {
    try {
      await this.#runner.run(batch);
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error('a batch failed');
    }
    for (const job of batch) if (job.result !== undefined) this.#countDone(job);
    this.#inFlight -= 1;
    this.#wake();
  }

  #countDone(job: Job): void {
    this.#progress.filesDone += 1;
    this.#progress.bytesDone += job.size;
    this.#findingsWaiting += job.result?.findings.length ?? 0;
  }

  #takeReady(): FileResult[] {
    const ready: FileResult[] = [];
    for (let job = this.#jobs[this.#shown]; job?.result; job = this.#jobs[this.#shown]) {
      ready.push(this.#toResult(job, job.result));
      this.#shown += 1;
    }
    if (this.#shown >= mostAhead / 2 || this.#shown === this.#jobs.length) {
      this.#jobs = this.#jobs.slice(this.#shown);
      this.#shown = 0;
    }
    return ready;
  }

  /** What was found when the scan was ended, with gaps. */
  #takeFound(): FileResult[] {
    const jobs = this.#jobs.slice(this.#shown);
    return jobs.flatMap((job) => (job.result ? [this.#toResult(job, job.result)] : []));
  }

  #toResult(job: Job, result: NonNullable<Job['result']>): FileResult {
    this.#findingsWaiting -= result.findings.length;
    return toResult(job.path, result, this.#options.fingerprintKeyId);
  }
}

const nothing = { from: 'memory', bytes: new Uint8Array(0) } as const;
