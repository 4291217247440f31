import { version } from '../../../platform/version.ts';
import type { Reporter } from './reporter.ts';

/** One JSON document, a file a line: `tool`, `files` as JSON lines have them, and `summary`. */
export function jsonReporter(): Reporter {
  let separator = '\n';
  return {
    begin: () => `{"tool":${JSON.stringify({ name: 'sensitivity', version })},\n"files":[`,
    file: (result) => {
      const text = `${separator}${JSON.stringify(result)}`;
      separator = ',\n';
      return text;
    },
    end: (summary) => `\n],\n"summary":${JSON.stringify(summary)}}\n`,
  };
}
