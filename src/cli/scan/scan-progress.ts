import { toTerminalText } from './file-path.ts';
import type { ScanProgress } from './scan-files.ts';
import { showBytes, showCount } from './show-numbers.ts';

const drawMilliseconds = 100;
/** A scan that is over before is not worth a line. */
const waitMilliseconds = 300;
/** Over so many draws the rate is taken. */
const rateDraws = 30;

/** The line on a terminal that tells how far a scan is, drawn over itself. */
export class ProgressLine {
  readonly #read: () => ScanProgress;
  readonly #terminal: NodeJS.WriteStream;
  readonly #started = performance.now();
  readonly #history: { at: number; bytes: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isDrawn = false;

  constructor(read: () => ScanProgress, terminal: NodeJS.WriteStream) {
    this.#read = read;
    this.#terminal = terminal;
    this.#timer = setInterval(() => this.#draw(), drawMilliseconds);
  }

  /** Takes the line away, so that something else can be written; it comes again. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.write('\r\x1b[2K');
    this.#isDrawn = false;
  }

  close(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #draw(): void {
    const progress = this.#read();
    const now = performance.now();
    this.#history.push({ at: now, bytes: progress.bytesDone });
    if (this.#history.length > rateDraws) this.#history.shift();
    if (now - this.#started < waitMilliseconds) return;
    const first = this.#history[0] ?? { at: now, bytes: 0 };
    const seconds = Math.max(0.001, (now - first.at) / 1_000);
    const rate = Math.max(0, progress.bytesDone - first.bytes) / seconds;
    const line = progressLine(progress, { rate, columns: this.#terminal.columns || 80 });
    this.#terminal.write(`\r\x1b[2K${line}`);
    this.#isDrawn = true;
  }
}

/** One line of at most `columns - 1` characters; `rate` is in bytes a second. */
export function progressLine(
  progress: ScanProgress,
  { rate, columns }: { rate: number; columns: number },
): string {
  const { filesDone, filesFound, bytesDone, bytesFound } = progress;
  const done = `${showCount(filesDone)} of ${showCount(filesFound)} files`;
  const most = Math.max(bytesDone, bytesFound);
  const found = progress.isWalkDone ? '' : ' found so far';
  const text = `${done}, ${showBytes(bytesDone)} of ${showBytes(most)}${found}, ${showBytes(rate)}/s`;
  const room = columns - 1 - text.length - 2;
  const path = [...toTerminalText(progress.path)];
  if (path.length === 0 || room < 12) return text.slice(0, columns - 1);
  const shown = path.length <= room ? path : ['…', ...path.slice(path.length - room + 1)];
  return `${text}  ${shown.join('')}`;
}
