import type { Threshold } from './summary.ts';

export type ScanFormat = 'table' | 'json' | 'jsonl' | 'csv' | 'sarif';

/** What the user asked for; the command line fills it in. */
export interface ScanOptions {
  /** Files, folders, and `-` for standard input. */
  paths: readonly string[];
  format: ScanFormat;
  /** Path of the report; undefined for standard output. */
  output: string | undefined;
  showsAll: boolean;
  heedsIgnore: boolean;
  /** Path of its file; undefined for the default. */
  policy: string | undefined;
  /** 0–1; undefined for the policy's own. */
  minConfidence: number | undefined;
  baseline: string | undefined;
  threshold: Threshold;
  /** Undefined for the user's own. */
  fingerprintKey: string | undefined;
  threads: number;
  threadMemoryBytes: number;
  /** Where the executable may keep the code of threads. */
  cacheFolders: readonly string[];
  fileSeconds: number;
  isQuiet: boolean;
  hasColor: boolean;
}
