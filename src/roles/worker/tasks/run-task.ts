import { type Task, type TaskContext, TaskFailure } from '../../../broker/broker.ts';
import type { WorkerContext } from '../worker-context.ts';
import { scanContent } from './scan-content.ts';

type Run = (context: WorkerContext, task: Task, taskContext: TaskContext) => Promise<void>;

/** Every task this role knows, by name. */
const tasks: Record<string, Run> = {
  scan_content: scanContent,
  update_sensitivity_score: ({ file }, task) => file.sweep(task.requestId ?? undefined),
  purge_abandoned_uploads: ({ file }, task) => file.purge(task.requestId ?? undefined),
  purge_expired_tokens: async ({ client, authUrl }) => {
    await client.call(`${authUrl}/api/auth/purge`);
  },
  purge_finished_tasks: async ({ client, brokerUrl }) => {
    await client.call(`${brokerUrl}/api/beat/purge`);
  },
};

/** Runs one task from the queue. @throws {TaskFailure} and whatever the task throws. */
export async function runTask(
  context: WorkerContext,
  task: Task,
  taskContext: TaskContext,
): Promise<void> {
  const run = tasks[task.name];
  const { metrics, log } = context;
  if (!run) throw new TaskFailure(`no worker here knows ${task.name}`, { retry: false });
  const lines = { task: task.name, task_id: task.id, request_id: task.requestId };
  metrics.running.inc();
  const start = performance.now();
  try {
    await run(context, task, taskContext);
    metrics.tasks.inc({ task: task.name, outcome: 'done' });
    const milliseconds = Math.round(performance.now() - start);
    log.info({ ...lines, milliseconds }, 'task done');
  } catch (error) {
    metrics.tasks.inc({ task: task.name, outcome: 'failed' });
    log.warn({ ...lines, attempt: task.attempt, err: error }, 'task failed');
    throw error;
  } finally {
    metrics.running.dec();
  }
}
