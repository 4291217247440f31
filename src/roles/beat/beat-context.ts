import type { Cursors } from '../../platform/http/list-page.ts';
import type { Log } from '../../platform/log.ts';
import type { LeaseWaiters } from './lease-waiters.ts';
import type { RunOutcome } from './store/beat-schema.ts';
import type { ScheduleStore } from './store/schedule-store.ts';
import type { TaskQueue } from './store/task-queue.ts';

/** What beat's actions work with. */
export interface BeatContext {
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  queue: TaskQueue;
  waiters: LeaseWaiters;
  schedules: ScheduleStore;
  cursors: Cursors;
  /** A poll must end before its connection counts as idle. */
  longestWaitSeconds: number;
  keepFinishedSeconds: number;
  countTick: (schedule: string, outcome: RunOutcome) => void;
  /** Makes the ticker look at the schedules again. */
  scheduleChanged: () => void;
}
