import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { freePort } from './free-port.ts';
import { compileCache } from './run-command.ts';

const root = resolve(import.meta.dirname, '../..');

export type RoleName = 'auth' | 'file' | 'beat' | 'worker';

export interface InstallationOptions {
  /** Extra environment by role, or by the name of one process, e.g. `worker2`. */
  env?: Record<string, Record<string, string>>;
  /** Where data goes, instead of a temporary folder. */
  dataDir?: string;
  /** Processes to start, by name; the name begins with the role. */
  processes?: string[];
}

interface Process {
  name: string;
  role: RoleName;
  port: number;
  child: ChildProcess | undefined;
}

/** The roles as real processes on free ports, with temporary data. */
export class Installation {
  readonly dataDir: string;
  readonly #processes = new Map<string, Process>();
  readonly #env: Record<string, Record<string, string>>;
  readonly #secrets = {
    file: randomBytes(24).toString('hex'),
    worker: randomBytes(24).toString('hex'),
  };
  readonly #ownsData: boolean;

  private constructor(options: InstallationOptions) {
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sensitivity-'));
    this.#ownsData = options.dataDir === undefined;
    this.#env = options.env ?? {};
  }

  static async start(options: InstallationOptions = {}): Promise<Installation> {
    const installation = new Installation(options);
    const names = options.processes ?? ['auth', 'beat', 'file', 'worker'];
    for (const name of names) {
      const role = name.replace(/\d+$/, '') as RoleName;
      installation.#processes.set(name, { name, role, port: await freePort(), child: undefined });
    }
    for (const name of names) installation.launch(name);
    try {
      await Promise.all(names.map((name) => installation.untilReady(name)));
    } catch (error) {
      await installation.stop();
      throw error;
    }
    return installation;
  }

  /** Adds a process that was not there from the start and waits until it is ready. */
  async add(name: string, env: Record<string, string> = {}): Promise<void> {
    const role = name.replace(/\d+$/, '') as RoleName;
    this.#processes.set(name, { name, role, port: await freePort(), child: undefined });
    this.#env[name] = { ...this.#env[name], ...env };
    this.launch(name);
    await this.untilReady(name);
  }

  /** Sum of a metric's series, or of those whose labels hold a text. */
  async metric(name: string, metric: string, labels = ''): Promise<number> {
    const text = await (await fetch(`${this.url(name)}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${metric}{`) && line.includes(labels))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** Rows of a process's database, read beside it. */
  rows<Row>(name: string, sql: string, ...values: unknown[]): Row[] {
    const { role } = this.#process(name);
    const database = new Database(join(this.folder(name), `${role}.db`), { readonly: true });
    try {
      return database.prepare(sql).all(...values) as Row[];
    } finally {
      database.close();
    }
  }

  /** Address of a process, without a path. */
  url(name: string): string {
    return `http://127.0.0.1:${this.#process(name).port}`;
  }

  /** Process id. */
  pid(name: string): number {
    return this.#process(name).child?.pid ?? 0;
  }

  /** Addresses as a client wants them. */
  get urls(): { auth: string; file: string } {
    return { auth: this.url('auth'), file: this.url('file') };
  }

  /** Folder of a process's data. */
  folder(name: string): string {
    const { role } = this.#process(name);
    const elsewhere = this.#env[name]?.['SENSITIVITY_DATA_DIR'];
    if (elsewhere !== undefined) return elsewhere;
    // Two of a role share its database, as in production; each worker has its own.
    return join(this.dataDir, role === 'worker' ? name : role);
  }

  isRunning(name: string): boolean {
    const { child } = this.#process(name);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Sends a signal and does not wait for what comes of it. */
  signal(name: string, signal: NodeJS.Signals): void {
    this.#process(name).child?.kill(signal);
  }

  logOf(name: string): string {
    return readFileSync(join(this.dataDir, `${name}.log`), 'utf8');
  }

  /** Starts a process that is not running; does not wait for it. */
  launch(name: string): void {
    const target = this.#process(name);
    const first = (role: RoleName): string => {
      const found = [...this.#processes.values()].find((one) => one.role === role);
      return found ? this.url(found.name) : 'http://127.0.0.1:9';
    };
    const { role } = target;
    const folder = this.folder(name);
    mkdirSync(folder, { recursive: true });
    const child = spawn(process.execPath, [join(root, 'bin/sensitivity.ts'), role], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...compileCache,
        PATH: process.env['PATH'] ?? '',
        SENSITIVITY_PORT: String(target.port),
        SENSITIVITY_DATA_DIR: folder,
        SENSITIVITY_AUTH_URL: first('auth'),
        SENSITIVITY_FILE_URL: first('file'),
        SENSITIVITY_BROKER: first('beat'),
        SENSITIVITY_LOG_LEVEL: 'warn',
        SENSITIVITY_CLIENT_SECRET: role === 'worker' ? this.#secrets.worker : this.#secrets.file,
        SENSITIVITY_SERVICE_FILE_SECRET: this.#secrets.file,
        SENSITIVITY_SERVICE_WORKER_SECRET: this.#secrets.worker,
        ...this.#env[role],
        ...this.#env[name],
      },
    });
    const log = createWriteStream(join(this.dataDir, `${name}.log`), { flags: 'a' });
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    target.child = child;
  }

  async untilReady(name: string, timeoutMilliseconds = 30_000): Promise<void> {
    const until = Date.now() + timeoutMilliseconds;
    for (;;) {
      try {
        const signal = AbortSignal.timeout(3_000);
        const response = await fetch(`${this.url(name)}/readyz`, { signal });
        await response.body?.cancel();
        if (response.ok) return;
      } catch {
        // Not listening yet.
      }
      if (Date.now() > until) throw new Error(`${name} is not ready: ${this.logOf(name)}`);
      await sleep(25);
    }
  }

  /** Ends a process with a signal and waits until it is gone; returns its exit code. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const target = this.#process(name);
    const { child } = target;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const closed = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
    child.kill(signal);
    // A stopped process would not hear it.
    child.kill('SIGCONT');
    return closed;
  }

  async restart(name: string): Promise<void> {
    await this.kill(name);
    this.launch(name);
    await this.untilReady(name);
  }

  async stop(): Promise<void> {
    for (const role of ['worker', 'file', 'beat', 'auth']) {
      const ofRole = [...this.#processes.values()].filter((one) => one.role === role);
      await Promise.all(ofRole.map(({ name }) => this.kill(name, 'SIGTERM')));
    }
    if (this.#ownsData) rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Resident memory of a process in MiB, now or at its peak. */
  memory(name: string, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
    const status = readFileSync(`/proc/${this.pid(name)}/status`, 'utf8');
    const kibibytes = new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1];
    return Math.round(Number(kibibytes) / 1_024);
  }

  #process(name: string): Process {
    const found = this.#processes.get(name);
    if (!found) throw new Error(`there is no process ${name}`);
    return found;
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve_) => setTimeout(resolve_, milliseconds));
}
