import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { program } from './run-command.ts';
import { until } from './until.ts';

export interface UpOptions {
  proxy: 'builtin' | 'caddy' | 'auto';
  args?: string[];
  env?: Record<string, string>;
  /** Instead of any free one. */
  port?: number;
}

/** `sensitivity up` as a person starts it, with data of its own. */
export class Up {
  readonly port: number;
  readonly url: string;
  readonly dataDir = mkdtempSync(join(tmpdir(), 'sensitivity-up-'));
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  output = '';

  private constructor(port: number, { proxy, args = [], env = {} }: UpOptions) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    const all = ['up', '--port', String(port), '--data-dir', this.dataDir, '--proxy', proxy];
    this.#child = spawn(
      process.execPath,
      [program, ...all, '--log-level', 'error', '--concurrency', '1', ...args],
      { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => resolve(code));
    });
  }

  /** Starts it; does not wait until it is ready. */
  static async launch(options: UpOptions): Promise<Up> {
    return new Up(options.port ?? (await freePort()), options);
  }

  static async start(options: UpOptions): Promise<Up> {
    const up = await Up.launch(options);
    try {
      await up.untilRunning();
    } catch (error) {
      await up.remove();
      throw error;
    }
    return up;
  }

  /** Waits for the line that tells where it runs. */
  async untilRunning(): Promise<void> {
    await until(`up running: ${this.output}`, () => this.output.includes('running at'), 30_000);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Every process that belongs to it, itself not among them. */
  children(): { pid: number; command: string }[] {
    return listProcesses().filter(
      ({ pid, environment, command }) =>
        pid !== this.pid && (environment.includes(this.dataDir) || command.includes(this.dataDir)),
    );
  }

  /** The process of a role, or of the proxy. */
  findChild(name: string): number | undefined {
    const pattern = name === 'caddy' ? /^\S*caddy run / : new RegExp(`sensitivity\\.ts ${name} *$`);
    return this.children().find(({ command }) => pattern.test(command))?.pid;
  }

  /** Sends a signal and waits for the end; returns the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#exited;
  }

  /** Sends what Ctrl-C sends and does not wait. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  /** Waits until it ends by itself. @throws {Error} when it does not. */
  async ended(timeoutMilliseconds = 10_000): Promise<number | null> {
    let code: number | null | undefined;
    this.#exited.then((exitCode) => {
      code = exitCode;
    });
    await until('up having ended', () => code !== undefined, timeoutMilliseconds);
    return code ?? null;
  }

  /** Ends whatever is left and removes the data. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    for (const { pid } of this.children()) kill(pid);
    await until('every process being gone', () => this.children().length === 0);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** The processes of this machine that may be looked at. */
function listProcesses(): { pid: number; command: string; environment: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const read = (file: string): string =>
          readFileSync(`/proc/${name}/${file}`, 'utf8').replaceAll('\0', ' ');
        // A process that has ended and waits for its parent has no command any more.
        const command = read('cmdline');
        if (command === '') return [];
        return [{ pid: Number(name), command, environment: read('environ') }];
      } catch {
        return [];
      }
    });
}
