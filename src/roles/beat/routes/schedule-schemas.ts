import { z } from '@hono/zod-openapi';
import { QueueNameSchema, TaskArgsSchema, TaskNameSchema } from '../../../broker/wire.ts';
import type { ScheduleRow } from '../store/beat-schema.ts';
import type { ScheduleRun } from '../store/schedule-store.ts';
import { formatTime, TaskStateSchema } from './task-schemas.ts';

export const ScheduleNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/, 'lower-case words joined by hyphens or underscores')
  .openapi({ example: 'nightly-rescan' });

export const ScheduleParamSchema = z.object({ name: ScheduleNameSchema });

const fields = {
  cron: z.string().max(200).openapi({
    example: '0 3 * * *',
    description: 'Five fields, or six with seconds first. Either this or `interval_seconds`.',
  }),
  time_zone: z.string().max(64).openapi({ example: 'Europe/Vienna' }),
  interval_seconds: z.int().min(1).max(31_536_000),
  task: TaskNameSchema,
  queue: QueueNameSchema,
  args: TaskArgsSchema,
  priority: z.int().min(0).max(9),
  max_attempts: z.int().min(1).max(100),
  overlap: z.enum(['skip', 'queue']).openapi({
    description: '`skip`: nothing is queued while the task of an earlier tick is unfinished.',
  }),
  jitter_seconds: z.int().min(0).max(3_600).openapi({
    description: 'Spreads the load: each tick fires up to so much later.',
  }),
  paused: z.boolean(),
};

export const NewScheduleSchema = z
  .strictObject({
    name: ScheduleNameSchema,
    cron: fields.cron.optional(),
    time_zone: fields.time_zone.default('UTC'),
    interval_seconds: fields.interval_seconds.optional(),
    task: fields.task,
    queue: fields.queue.default('default'),
    args: fields.args.default({}),
    priority: fields.priority.default(5),
    max_attempts: fields.max_attempts.default(5),
    overlap: fields.overlap.default('skip'),
    jitter_seconds: fields.jitter_seconds.default(0),
    paused: fields.paused.default(false),
  })
  .openapi('NewSchedule');

export const ScheduleChangeSchema = z.strictObject(fields).partial().openapi('ScheduleChange');

export const ScheduleSchema = z
  .object({
    name: z.string(),
    ...fields,
    cron: z.string().nullable(),
    interval_seconds: z.int().nullable(),
    built_in: z.boolean(),
    next_time: z.string().nullable().openapi({ description: 'The next tick; null while paused.' }),
    created_time: z.string(),
    last_updated_time: z.string(),
  })
  .openapi('Schedule');

export const ScheduleRunSchema = z
  .object({
    tick: z.string(),
    started_time: z.string(),
    outcome: z.enum(['queued', 'caught_up', 'skipped', 'requested']).openapi({
      description:
        '`caught_up`: stands for all ticks missed in a downtime. `skipped`: the earlier task was unfinished. `requested`: by a person.',
    }),
    task_id: z.string().nullable(),
    state: TaskStateSchema.nullable().openapi({ description: 'Null once the task is purged.' }),
  })
  .openapi('ScheduleRun');

export function toWireSchedule(row: ScheduleRow): z.infer<typeof ScheduleSchema> {
  return {
    name: row.name,
    cron: row.cron,
    time_zone: row.time_zone,
    interval_seconds: row.interval_seconds,
    task: row.task,
    queue: row.queue,
    args: JSON.parse(row.args),
    priority: row.priority,
    max_attempts: row.max_attempts,
    overlap: row.overlap,
    jitter_seconds: row.jitter_seconds,
    paused: row.paused === 1,
    built_in: row.built_in === 1,
    next_time: row.paused === 1 ? null : formatTime(row.next_at),
    created_time: formatTime(row.created_at),
    last_updated_time: formatTime(row.updated_at),
  };
}

export function toWireRun(run: ScheduleRun): z.infer<typeof ScheduleRunSchema> {
  return {
    tick: formatTime(run.tickAt),
    started_time: formatTime(run.startedAt),
    outcome: run.outcome,
    task_id: run.taskId,
    state: run.state,
  };
}
