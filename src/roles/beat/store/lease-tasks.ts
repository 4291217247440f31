import type { WireLeasedTask } from '../../../broker/wire.ts';
import { createLeaseToken, formatLease, type QueueBase } from './queue-base.ts';

export interface WorkerSession {
  /** The worker's name. */
  worker: string;
  /** One consumer of the worker. */
  session: string;
}

export interface LeaseRequest extends WorkerSession {
  queues: string[];
  limit: number;
}

interface Candidate {
  seq: number;
  priority: number;
  run_at: number;
}

interface LeasedRow {
  seq: number;
  id: string;
  kind: number;
  key: string | null;
  args: string;
  attempts: number;
  max_attempts: number;
  request_id: string | null;
}

const seenPrecisionMilliseconds = 1_000;

/** Prepares handing out tasks; call the result within a transaction, after the sweep. */
export function prepareLease(base: QueueBase): (request: LeaseRequest) => WireLeasedTask[] {
  const { writer, counts, now, leaseMilliseconds } = base;
  const findKinds = writer
    .prepare<[string], number>(
      'SELECT id FROM kinds WHERE queue IN (SELECT value FROM json_each(?)) AND ready > 0',
    )
    .pluck();
  const findReady = writer.prepare<[number, number], Candidate>(`
    SELECT seq, priority, run_at FROM tasks INDEXED BY tasks_ready
    WHERE kind = ? AND state = 0 ORDER BY priority DESC, run_at, seq LIMIT ?`);
  const lease = writer.prepare<[string, number, number, string], LeasedRow>(`
    UPDATE tasks SET state = 2, attempts = attempts + 1, lease = ?, leased_until = ?, worker = ?
    WHERE seq IN (SELECT value FROM json_each(?))
    RETURNING seq, id, kind, key, args, attempts, max_attempts, request_id`);
  const findWorker = writer.prepare<[string], { id: number; last_seen: number }>(
    'SELECT id, last_seen FROM workers WHERE session = ?',
  );
  const insertWorker = writer.prepare(
    'INSERT INTO workers (session, name, since, last_seen) VALUES (?, ?, ?, ?)',
  );
  const touchWorker = writer.prepare('UPDATE workers SET last_seen = ? WHERE id = ?');

  function seeWorker({ worker, session }: WorkerSession, time: number): number {
    const known = findWorker.get(session);
    if (!known) return Number(insertWorker.run(session, worker, time, time).lastInsertRowid);
    if (time - known.last_seen >= seenPrecisionMilliseconds) touchWorker.run(time, known.id);
    return known.id;
  }

  return (request) => {
    const time = now();
    const worker = seeWorker(request, time);
    const candidates = findKinds
      .all(JSON.stringify(request.queues))
      .flatMap((kind) => findReady.all(kind, request.limit))
      .sort((a, b) => b.priority - a.priority || a.run_at - b.run_at || a.seq - b.seq)
      .slice(0, request.limit);
    if (candidates.length === 0) return [];
    const order = new Map(candidates.map(({ seq }, index) => [seq, index]));
    const token = createLeaseToken();
    const rows = lease.all(
      token,
      time + leaseMilliseconds,
      worker,
      JSON.stringify([...order.keys()]),
    );
    const tasks: WireLeasedTask[] = [];
    for (const row of rows) {
      const { queue, name } = counts.read(row.kind);
      counts.move(row.kind, 'ready', 'leased');
      tasks[order.get(row.seq) ?? 0] = {
        lease: formatLease(row.seq, token),
        id: row.id,
        name,
        queue,
        key: row.key,
        args: JSON.parse(row.args),
        attempt: row.attempts,
        max_attempts: row.max_attempts,
        request_id: row.request_id,
      };
    }
    counts.flush();
    return tasks;
  };
}
