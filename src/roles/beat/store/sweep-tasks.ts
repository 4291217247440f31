import type { QueueBase } from './queue-base.ts';
import { parseKept, prepareReplacing } from './replace-tasks.ts';
import { taskStates } from './task-counts.ts';

interface LapsedRow {
  seq: number;
  kind: number;
  lapses: number;
  again: string | null;
}

const sweepSize = 1_000;

/**
 * Prepares what time does to tasks: delayed ones become ready, leases that nobody renewed lapse.
 * A lapse costs no attempt; a task whose worker vanished too often becomes a dead letter, for it
 * may be what ends the workers. Call the result within a transaction.
 */
export function prepareSweep(base: QueueBase): () => void {
  const { writer, counts, now, maxLeaseLosses } = base;
  const replacing = prepareReplacing(base);
  const wakeScheduled = writer
    .prepare<[number, number], number>(`
      UPDATE tasks SET state = 0
      WHERE seq IN (SELECT seq FROM tasks WHERE state = 1 AND run_at <= ? ORDER BY run_at LIMIT ?)
      RETURNING kind`)
    .pluck();
  const findLapsed = writer.prepare<[number, number], LapsedRow>(`
    SELECT seq, kind, lapses, again FROM tasks
    WHERE state = 2 AND leased_until <= ? ORDER BY leased_until LIMIT ?`);
  const endLease = writer.prepare(`
    UPDATE tasks SET state = ?, lapses = ?, attempts = attempts - ?, reason = ?, lease = NULL,
                     leased_until = NULL, worker = NULL
    WHERE seq = ?`);

  function lapse(row: LapsedRow): void {
    const { seq, kind, again } = row;
    const lapses = row.lapses + 1;
    counts.lapsed();
    if (lapses > maxLeaseLosses) {
      if (again !== null) {
        replacing.restart(row, 'leased', parseKept(again));
        return;
      }
      endLease.run(taskStates.dead, lapses, 0, `its worker vanished ${lapses} times`, seq);
      counts.move(kind, 'leased', 'dead');
      return;
    }
    endLease.run(taskStates.ready, lapses, 1, null, seq);
    counts.move(kind, 'leased', 'ready');
    if (again !== null) replacing.replace(row, 'ready', parseKept(again));
  }

  return () => {
    const time = now();
    for (const kind of wakeScheduled.all(time, sweepSize)) counts.move(kind, 'scheduled', 'ready');
    for (;;) {
      const lapsed = findLapsed.all(time, sweepSize);
      for (const row of lapsed) lapse(row);
      if (lapsed.length < sweepSize) break;
    }
    counts.flush();
  };
}
