import type { BeatContext } from '../beat-context.ts';
import { findNextTick, jitterOf } from '../schedule-timing.ts';
import type { RunOutcome, ScheduleRow } from '../store/beat-schema.ts';
import type { BeatTransaction, ScheduleRun } from '../store/schedule-store.ts';
import { timingOf } from './schedule-rows.ts';

/** Ticks missed by less are fired late, one by one; a longer gap gets one run in their place. */
const lateMilliseconds = 5_000;

/** Fires every schedule that is due, each tick in a transaction that exactly one process wins. */
export async function fireDueSchedules(beat: BeatContext): Promise<void> {
  for (;;) {
    const names = await beat.schedules.listDue(beat.now());
    if (names.length === 0) return;
    await Promise.all(names.map((name) => fireIfDue(beat, name)));
  }
}

/**
 * Fires a schedule now, beside its ticks. With `overlap: skip` and its earlier task unfinished
 * nothing is queued, as for a tick.
 *
 * @returns undefined when there is no such schedule.
 */
export async function fireNow(beat: BeatContext, name: string): Promise<ScheduleRun | undefined> {
  return commit(
    beat,
    async (trx) => {
      const schedule = await beat.schedules.findWithin(trx, name);
      return schedule && fire(beat, trx, schedule, { tickAt: beat.now(), outcome: 'requested' });
    },
    name,
  );
}

async function fireIfDue(beat: BeatContext, name: string): Promise<void> {
  const { schedules } = beat;
  await commit(
    beat,
    async (trx) => {
      const now = beat.now();
      const schedule = await schedules.findWithin(trx, name);
      // Another process may have been faster, or a person changed it.
      if (!schedule || schedule.paused === 1 || schedule.fire_at > now) return undefined;
      const tickAt = schedule.next_at;
      const missed = now - schedule.fire_at >= lateMilliseconds;
      const next = findNextTick(timingOf(schedule), missed ? now : tickAt);
      if (next === undefined) throw new Error(`schedule ${name} has no next tick`);
      const fireAt = next + jitterOf(name, next, schedule.jitter_seconds);
      await schedules.update(trx, name, { next_at: next, fire_at: fireAt });
      return fire(beat, trx, schedule, { tickAt, outcome: missed ? 'caught_up' : 'queued' });
    },
    name,
  );
}

async function commit(
  beat: BeatContext,
  work: (trx: BeatTransaction) => Promise<ScheduleRun | undefined>,
  name: string,
): Promise<ScheduleRun | undefined> {
  let run: ScheduleRun | undefined;
  try {
    run = await beat.schedules.write(work);
  } catch (error) {
    beat.queue.forget();
    throw error;
  }
  beat.queue.announce();
  if (run) beat.countTick(name, run.outcome);
  return run;
}

/** Queues the task of a tick, unless it would overlap the one before, and notes what it did. */
async function fire(
  beat: BeatContext,
  trx: BeatTransaction,
  schedule: ScheduleRow,
  tick: { tickAt: number; outcome: RunOutcome },
): Promise<ScheduleRun> {
  const { schedules, queue } = beat;
  const { name, last_task_id } = schedule;
  const overlaps =
    schedule.overlap === 'skip' &&
    last_task_id !== null &&
    (await schedules.isUnfinished(trx, last_task_id));
  const run: ScheduleRun = { ...tick, startedAt: beat.now(), taskId: null, state: null };
  if (overlaps) run.outcome = 'skipped';
  else {
    const [published] = queue.publishWithin([
      {
        name: schedule.task,
        queue: schedule.queue,
        key: `${name}@${new Date(tick.tickAt).toISOString()}`,
        args: JSON.parse(schedule.args),
        priority: schedule.priority,
        delaySeconds: 0,
        maxAttempts: schedule.max_attempts,
        requestId: null,
        revive: false,
      },
    ]);
    run.taskId = published?.id ?? null;
    run.state = 'ready';
    await schedules.update(trx, name, { last_task_id: run.taskId });
  }
  await schedules.insertRun(trx, name, run);
  return run;
}
