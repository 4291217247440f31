import { Counter, Gauge, type Registry } from '../../platform/metrics.ts';
import type { RunOutcome } from './store/beat-schema.ts';
import { stateNames } from './store/task-counts.ts';
import type { TaskQueue } from './store/task-queue.ts';

/** Counts what the queue does and, whenever somebody looks, what is in it. */
export function observeQueue(metrics: Registry, queue: TaskQueue): void {
  const registers = [metrics];
  const published = new Counter({
    name: 'sensitivity_tasks_published_total',
    help: 'Tasks queued.',
    labelNames: ['queue'],
    registers,
  });
  const settled = new Counter({
    name: 'sensitivity_tasks_settled_total',
    help: 'What workers said became of tasks.',
    labelNames: ['queue', 'outcome'],
    registers,
  });
  const lapses = new Counter({
    name: 'sensitivity_lease_lapses_total',
    help: 'Leases that nobody renewed: their worker vanished.',
    registers,
  });
  queue.onChange((events) => {
    for (const [name, count] of events.published) published.inc({ queue: name }, count);
    for (const [key, count] of events.settled) {
      const [name = '', outcome = ''] = key.split(' ');
      settled.inc({ queue: name, outcome }, count);
    }
    if (events.lapsed > 0) lapses.inc(events.lapsed);
  });
  new Gauge({
    name: 'sensitivity_queue_tasks',
    help: 'Tasks by state.',
    labelNames: ['queue', 'state'],
    registers,
    collect() {
      for (const stats of queue.inspect.stats()) {
        for (const state of stateNames) this.set({ queue: stats.queue, state }, stats[state]);
      }
    },
  });
  new Gauge({
    name: 'sensitivity_queue_oldest_ready_seconds',
    help: 'How long the oldest ready task has been waiting.',
    labelNames: ['queue'],
    registers,
    collect() {
      for (const stats of queue.inspect.stats()) {
        this.set({ queue: stats.queue }, stats.oldestReadySeconds);
      }
    },
  });
}

/** @returns what to call for every tick of a schedule. */
export function observeTicks(metrics: Registry): (schedule: string, outcome: RunOutcome) => void {
  const ticks = new Counter({
    name: 'sensitivity_schedule_ticks_total',
    help: 'Ticks of schedules and what was done about them.',
    labelNames: ['schedule', 'outcome'],
    registers: [metrics],
  });
  return (schedule, outcome) => ticks.inc({ schedule, outcome });
}
