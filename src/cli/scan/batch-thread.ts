import { markTaken, type ThreadTask } from '../../platform/thread-task.ts';
import type { ScannedFile } from './file-result.ts';
import { type Batch, scanBatch } from './scan-batch.ts';

/** The thread's entry point: scans the files of one batch. */
export default function runBatch(task: ThreadTask<Batch>): Promise<ScannedFile[]> {
  markTaken(task);
  return scanBatch(task);
}
