import type { BeatContext } from '../beat-context.ts';
import type { TaskDetails, TaskFilter } from '../store/inspect-tasks.ts';

export interface TaskPage {
  tasks: TaskDetails[];
  /** For the next page; undefined on the last. */
  cursor: string | undefined;
}

/** @throws {AppError} `invalid_cursor` when the cursor is not from this list and filter. */
export async function listTaskPage(
  { queue, cursors }: BeatContext,
  filter: TaskFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<TaskPage> {
  const { limit, cursor } = page;
  const purpose = `tasks ${JSON.stringify([filter.queue, filter.state, filter.name])}`;
  const options: { limit: number; before?: number } = { limit: limit + 1 };
  if (cursor !== undefined) options.before = Number(cursors.open(purpose, cursor)[0]);
  if (queue.inspect.hasDue()) await queue.sweep();
  const found = queue.inspect.list(filter, options);
  const tasks = found.slice(0, limit);
  const last = tasks.at(-1);
  const more = found.length > limit && last !== undefined;
  return { tasks, cursor: more ? cursors.seal(purpose, [last.seq]) : undefined };
}
