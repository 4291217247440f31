import type { SettleResult, WireSettlement } from '../../../broker/wire.ts';
import { parseLease, type QueueBase } from './queue-base.ts';
import { parseKept, prepareReplacing } from './replace-tasks.ts';
import { type TaskState, taskStates } from './task-counts.ts';

interface LeaseRow {
  seq: number;
  lease: string;
  kind: number;
  attempts: number;
  max_attempts: number;
  again: string | null;
}

export interface Settling {
  settle: (settlements: WireSettlement[]) => SettleResult[];
  renew: (leases: string[]) => SettleResult[];
  /** Gives back what the session has leased beyond what it says it holds. */
  reconcile: (session: string, held: string[], leaving: boolean) => number;
}

const backoff = { firstSeconds: 1, longestSeconds: 300 } as const;

/** Seconds until the next attempt: doubles from 1 s to 5 min, of which half is left to chance. */
export function backoffSeconds(attempt: number, random: () => number): number {
  const full = Math.min(backoff.firstSeconds * 2 ** (attempt - 1), backoff.longestSeconds);
  return full * (0.5 + random() / 2);
}

/**
 * Prepares what the holder of a lease may do with it. A lease that is not the task's current one
 * is answered `lost` and changes nothing. Call the results within a transaction, after the sweep.
 */
export function prepareSettling(base: QueueBase): Settling {
  const { writer, counts, now, random, leaseMilliseconds } = base;
  const replacing = prepareReplacing(base);
  const findLeased = writer.prepare<[string], LeaseRow>(`
    SELECT seq, lease, kind, attempts, max_attempts, again FROM tasks
    WHERE seq IN (SELECT value FROM json_each(?)) AND state = 2`);
  const finish = writer.prepare<[number, string]>(`
    UPDATE tasks SET state = 4, finished_at = ?, lease = NULL, leased_until = NULL, reason = NULL
    WHERE seq IN (SELECT value FROM json_each(?))`);
  const giveBack = writer.prepare<[number]>(`
    UPDATE tasks SET state = 0, attempts = attempts - 1, lease = NULL, leased_until = NULL,
                     worker = NULL
    WHERE seq = ?`);
  const retry = writer.prepare<[number, string | null, number]>(`
    UPDATE tasks SET state = 1, run_at = ?, reason = ?, lease = NULL, leased_until = NULL,
                     worker = NULL
    WHERE seq = ?`);
  const bury = writer.prepare<[string, number]>(`
    UPDATE tasks SET state = ${taskStates.dead}, reason = ?, lease = NULL, leased_until = NULL,
                     worker = NULL
    WHERE seq = ?`);
  const extend = writer.prepare<[number, string]>(
    'UPDATE tasks SET leased_until = ? WHERE seq IN (SELECT value FROM json_each(?))',
  );
  const seeWorkers = writer.prepare<[number, string]>(`
    UPDATE workers SET last_seen = ? WHERE id IN
      (SELECT worker FROM tasks WHERE seq IN (SELECT value FROM json_each(?)))`);
  const findWorker = writer
    .prepare<[string], number>('SELECT id FROM workers WHERE session = ?')
    .pluck();
  const removeWorker = writer.prepare<[number]>('DELETE FROM workers WHERE id = ?');
  const findHeld = writer.prepare<[number], LeaseRow>(`
    SELECT seq, lease, kind, attempts, max_attempts, again FROM tasks
    WHERE state = 2 AND worker = ?`);

  /** The leased tasks by lease, those whose token is right. */
  function findByLease(leases: string[]): Map<string, LeaseRow> {
    const parsed = leases.map(parseLease);
    const rows = findLeased.all(JSON.stringify(parsed.map(({ seq }) => seq)));
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    const found = new Map<string, LeaseRow>();
    parsed.forEach(({ seq, token }, index) => {
      const row = bySeq.get(seq);
      if (row?.lease === token) found.set(leases[index] ?? '', row);
    });
    return found;
  }

  /** The next attempt is one at what was published meanwhile. */
  function goOn(row: LeaseRow, state: TaskState): void {
    counts.move(row.kind, 'leased', state);
    if (row.again !== null) replacing.replace(row, state, parseKept(row.again));
  }

  function returnTask(row: LeaseRow): void {
    giveBack.run(row.seq);
    goOn(row, 'ready');
    counts.settled(row.kind, 'give_back');
  }

  /** @returns whether something was published meanwhile, which the task now begins with. */
  function startAgain(row: LeaseRow): boolean {
    if (row.again === null) return false;
    replacing.restart(row, 'leased', parseKept(row.again));
    return true;
  }

  /** @returns whether the task is finished. */
  function complete(row: LeaseRow): boolean {
    counts.settled(row.kind, 'done');
    if (startAgain(row)) return false;
    counts.move(row.kind, 'leased', 'finished');
    return true;
  }

  function fail(row: LeaseRow, settlement: WireSettlement, time: number): void {
    const { seq, kind, attempts, max_attempts } = row;
    const { outcome, reason, retry_seconds } = settlement;
    if (outcome === 'dead' || attempts >= max_attempts) {
      counts.settled(kind, 'dead');
      if (startAgain(row)) return;
      bury.run(reason ?? 'no reason given', seq);
      counts.move(kind, 'leased', 'dead');
      return;
    }
    const seconds = retry_seconds ?? backoffSeconds(attempts, random);
    retry.run(Math.ceil(time + seconds * 1_000), reason ?? null, seq);
    goOn(row, 'scheduled');
    counts.settled(kind, 'retry');
  }

  return {
    settle: (settlements) => {
      if (settlements.length === 0) return [];
      const time = now();
      const held = findByLease(settlements.map(({ lease }) => lease));
      const finished: number[] = [];
      const results = settlements.map((settlement): SettleResult => {
        const row = held.get(settlement.lease);
        if (!row) return 'lost';
        held.delete(settlement.lease);
        if (settlement.outcome === 'done') {
          if (complete(row)) finished.push(row.seq);
        } else if (settlement.outcome === 'give_back') returnTask(row);
        else fail(row, settlement, time);
        return 'ok';
      });
      if (finished.length > 0) finish.run(time, JSON.stringify(finished));
      counts.flush();
      return results;
    },
    renew: (leases) => {
      const time = now();
      const held = findByLease(leases);
      const rows = JSON.stringify([...held.values()].map(({ seq }) => seq));
      extend.run(time + leaseMilliseconds, rows);
      seeWorkers.run(time, rows);
      return leases.map((lease) => (held.has(lease) ? 'ok' : 'lost'));
    },
    reconcile: (session, held, leaving) => {
      const worker = findWorker.get(session);
      if (worker === undefined) return 0;
      const kept = new Set(held.map((lease) => parseLease(lease).seq));
      const others = findHeld.all(worker).filter(({ seq }) => !kept.has(seq));
      for (const row of others) returnTask(row);
      if (leaving && held.length === 0) removeWorker.run(worker);
      counts.flush();
      return others.length;
    },
  };
}
