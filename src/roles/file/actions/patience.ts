import type { FileContext } from '../file-context.ts';

/** How long a scan of so many bytes is waited for: a large file takes its time, a second a MiB. */
export function patienceMilliseconds(context: Pick<FileContext, 'limits'>, size: number): number {
  return Math.round((context.limits.pendingTimeoutSeconds + size / 1_048_576) * 1_000);
}
