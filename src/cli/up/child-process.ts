import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  /** What is kept open for the child to notice when this process is gone. */
  tie: 'channel' | 'standard input';
  /** Says that it died and comes back. */
  report: (line: string) => void;
}

const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;

/** Alive for so long, a child counts as well: its next death is its first again. */
const steadyMilliseconds = 30_000;

const killMilliseconds = 32_000;

/** A process that is started again with growing pauses whenever it dies. */
export class Child {
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #stopping = false;
  #pause = firstPauseMilliseconds;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  start(): void {
    const { name, command, args, env, tie, report } = this.#options;
    const startedAt = Date.now();
    const child = spawn(command, args, {
      env,
      // A group of its own: Ctrl-C reaches this process alone, which stops the others in order.
      detached: true,
      stdio:
        tie === 'channel'
          ? ['ignore', 'inherit', 'inherit', 'ipc']
          : ['pipe', 'inherit', 'inherit'],
    });
    this.#process = child;
    child.once('error', (error) => report(`${name} does not start: ${error.message}`));
    child.once('close', (code, signal) => {
      if (this.#stopping) return;
      if (Date.now() - startedAt > steadyMilliseconds) this.#pause = firstPauseMilliseconds;
      report(`${name} ended (${signal ?? code}); starting it again in ${this.#pause} ms`);
      this.#restart = setTimeout(() => this.start(), this.#pause);
      this.#pause = Math.min(this.#pause * 2, longestPauseMilliseconds);
    });
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), killMilliseconds);
    await closed;
    clearTimeout(overdue);
  }
}
