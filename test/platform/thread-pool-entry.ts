import { markTaken, type ThreadTask } from '../../src/platform/thread-task.ts';

/** What a thread of the test is to do. */
export interface Errand {
  what: 'answer' | 'exit' | 'throw' | 'wait' | 'hoard';
}

export default async function run(task: ThreadTask<Errand>): Promise<string> {
  markTaken(task);
  if (task.what === 'exit') process.exit(1);
  if (task.what === 'throw') throw new Error('on purpose');
  if (task.what === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (task.what === 'hoard') {
    const hoard: string[][] = [];
    for (;;) hoard.push(Array.from({ length: 10_000 }, (_, n) => `${hoard.length} ${n}`));
  }
  return 'done';
}
