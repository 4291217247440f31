import type { PublishOutcome } from '../../../broker/broker.ts';
import type { WireNewTask } from '../../../broker/wire.ts';
import type { BeatContext } from '../beat-context.ts';
import type { TaskToPublish } from '../store/publish-tasks.ts';

/** Queues tasks; each is durable, or known to be there already, when this resolves. */
export async function publishTasks(
  { queue }: BeatContext,
  tasks: WireNewTask[],
): Promise<PublishOutcome[]> {
  if (tasks.length === 0) return [];
  return queue.publish(tasks.map(toTask));
}

function toTask(task: WireNewTask): TaskToPublish {
  return {
    name: task.name,
    queue: task.queue ?? 'default',
    key: task.key ?? null,
    args: task.args ?? {},
    priority: task.priority ?? 5,
    delaySeconds: task.delay_seconds ?? 0,
    maxAttempts: task.max_attempts ?? 5,
    requestId: task.request_id ?? null,
    revive: task.revive ?? false,
  };
}
