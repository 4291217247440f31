import type { FileResult } from '../file-result.ts';
import type { ScanSummary } from '../summary.ts';

/** Turns results into a report, a piece of text at a time; what is shown is masked already. */
export interface Reporter {
  begin(): string;
  /** Files come in the order of the walk. */
  file(result: FileResult): string;
  end(summary: ScanSummary): string;
}
