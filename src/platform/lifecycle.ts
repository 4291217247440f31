import type { Log } from './log.ts';

export interface Stopping {
  name: string;
  stop: () => Promise<void> | void;
}

export interface LifecycleOptions {
  log: Log;
  /** How long the steps may take together before the process ends regardless, in milliseconds. */
  graceMilliseconds?: number;
}

/**
 * Waits for SIGTERM or SIGINT, then runs the steps in order and returns the exit code.
 *
 * A second signal, or steps that outlast the grace period, end the process with code 1.
 */
export async function runUntilStopped(steps: Stopping[], options: LifecycleOptions): Promise<void> {
  const { log, graceMilliseconds = 30_000 } = options;
  const signal = await nextSignal();
  log.info({ signal }, 'stopping');
  const overdue = setTimeout(() => {
    log.error({ graceMilliseconds }, 'stopping took too long');
    process.exit(1);
  }, graceMilliseconds);
  overdue.unref();
  process.on('SIGINT', () => process.exit(1));
  for (const { name, stop } of steps) {
    try {
      await stop();
    } catch (error) {
      process.exitCode = 1;
      log.error({ err: error, step: name }, 'a step of stopping failed');
    }
  }
  clearTimeout(overdue);
  log.info('stopped');
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const onSignal = (signal: NodeJS.Signals): void => {
      for (const name of signals) process.removeListener(name, onSignal);
      process.on('SIGTERM', () => {});
      resolve(signal);
    };
    for (const name of signals) process.on(name, onSignal);
  });
}
