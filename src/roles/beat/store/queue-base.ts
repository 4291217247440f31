import { randomBytes } from 'node:crypto';
import type { Connection } from '../../../platform/database/open-connection.ts';
import type { TaskCounts } from './task-counts.ts';

/** What the parts of the queue's store stand on. */
export interface QueueBase {
  writer: Connection;
  reader: Connection;
  counts: TaskCounts;
  /** Milliseconds since 1970. */
  now: () => number;
  /** In [0, 1): spreads retries. */
  random: () => number;
  leaseMilliseconds: number;
  maxLeaseLosses: number;
}

/** Names a lease on the wire: the task's row and the secret of whoever leased it. */
export function formatLease(seq: number, token: string): string {
  return `${seq}.${token}`;
}

export function parseLease(lease: string): { seq: number; token: string } {
  const dot = lease.indexOf('.');
  return { seq: Number(lease.slice(0, dot)), token: lease.slice(dot + 1) };
}

/** A new token of 128 random bits. */
export function createLeaseToken(): string {
  return randomBytes(16).toString('base64url');
}
