import { ThreadPool } from '../../platform/thread-pool.ts';
import type { ScanAnswer, ScanRequest } from './scan-thread.ts';

export interface ScanPoolOptions {
  /** Threads, at most. */
  threads: number;
  /** Heap of one thread, in bytes. */
  threadMemoryBytes: number;
  /** Where the code of threads may be kept, in order of preference. */
  cacheFolders: readonly string[];
}

/** Scans contents on threads with a limit on memory and a deadline. */
export class ScanPool extends ThreadPool<ScanRequest, ScanAnswer> {
  constructor(options: ScanPoolOptions) {
    super({ ...options, entry: new URL('./scan-thread.ts', import.meta.url) });
  }
}
