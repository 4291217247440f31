import { setTimeout as wait } from 'node:timers/promises';

/** How long everything may take to become ready before that is said, in milliseconds. */
const patienceMilliseconds = 60_000;

const pauseMilliseconds = 50;

export interface AnswerOptions {
  report: (line: string) => void;
  /** Ends the wait. */
  signal: AbortSignal;
}

/**
 * Waits until every URL answers; says which does not after a while.
 *
 * @returns whether all of them do.
 */
export async function untilAllAnswer(
  urls: readonly string[],
  { report, signal }: AnswerOptions,
): Promise<boolean> {
  const end = Date.now() + patienceMilliseconds;
  for (const url of urls) {
    while (!(await isOk(url, signal))) {
      if (signal.aborted) return false;
      if (Date.now() > end) {
        report(`not everything is ready: see ${url}`);
        return false;
      }
      await wait(pauseMilliseconds);
    }
  }
  return true;
}

async function isOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
