/** Signals that end a scan early, with the exit code that shells give them. */
const codeBySignal = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type EndingSignal = keyof typeof codeBySignal;

const endingSignals = Object.keys(codeBySignal) as EndingSignal[];

/** What ends a scan early: a signal, or that nobody reads the report any more. */
export class Ending {
  readonly #controller = new AbortController();
  #stdin: NodeJS.ReadStream | undefined;
  /** Set once it ends early. */
  cause: EndingSignal | 'closed' | undefined;
  /** Is called when a second signal ends the process at once. */
  onForced: () => void = () => {};
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    const name = endingSignals.find((one) => one === signal);
    if (name === undefined) return;
    if (this.cause === undefined) {
      this.end(name);
      return;
    }
    this.onForced();
    process.exit(codeBySignal[name]);
  };

  constructor() {
    for (const signal of endingSignals) process.on(signal, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Undefined unless a signal ended the scan: a closed pipe is no failure. */
  get exitCode(): number | undefined {
    const { cause } = this;
    return cause === undefined || cause === 'closed' ? undefined : codeBySignal[cause];
  }

  end(cause: EndingSignal | 'closed'): void {
    this.cause = cause;
    this.#controller.abort();
    this.#stdin?.destroy();
  }

  /** Standard input, which would keep the process waiting for more when it ends early. */
  openStdin(): NodeJS.ReadStream {
    this.#stdin = process.stdin;
    return this.#stdin;
  }

  forget(): void {
    for (const signal of endingSignals) process.off(signal, this.#onSignal);
  }
}
