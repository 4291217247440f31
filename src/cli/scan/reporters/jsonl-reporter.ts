import type { Reporter } from './reporter.ts';

/** JSON lines: one object a file, clean ones included, and nothing else. */
export function jsonlReporter(): Reporter {
  return {
    begin: () => '',
    file: (result) => `${JSON.stringify(result)}\n`,
    end: () => '',
  };
}
