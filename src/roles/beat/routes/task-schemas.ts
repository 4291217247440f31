import { z } from '@hono/zod-openapi';
import type { TaskDetails } from '../store/inspect-tasks.ts';
import { stateNames } from '../store/task-counts.ts';

export const TaskStateSchema = z.enum(stateNames);

export const TaskIdSchema = z.object({
  id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }),
});

export const TaskSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    queue: z.string(),
    state: TaskStateSchema,
    priority: z.int(),
    key: z.string().nullable(),
    args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    attempts: z.int(),
    max_attempts: z.int(),
    lease_losses: z.int().openapi({ description: 'How often its worker vanished.' }),
    reason: z.string().nullable().openapi({ description: 'Why the last attempt failed.' }),
    request_id: z.string().nullable(),
    worker: z.string().nullable().openapi({ description: 'Who has it, or had it last.' }),
    created_time: z.string(),
    run_time: z.string().openapi({ description: 'Not handed out before.' }),
    leased_until: z.string().nullable(),
    finished_time: z.string().nullable(),
  })
  .openapi('Task');

export function toWireTask(task: TaskDetails): z.infer<typeof TaskSchema> {
  return {
    id: task.id,
    name: task.name,
    queue: task.queue,
    state: task.state,
    priority: task.priority,
    key: task.key,
    args: task.args,
    attempts: task.attempts,
    max_attempts: task.maxAttempts,
    lease_losses: task.lapses,
    reason: task.reason,
    request_id: task.requestId,
    worker: task.worker,
    created_time: formatTime(task.createdAt),
    run_time: formatTime(task.runAt),
    leased_until: task.leasedUntil === null ? null : formatTime(task.leasedUntil),
    finished_time: task.finishedAt === null ? null : formatTime(task.finishedAt),
  };
}

/** RFC 3339, UTC. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
