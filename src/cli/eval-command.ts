import { Command, InvalidArgumentError, Option } from 'commander';
import type { EvalOptions } from './eval/run-eval.ts';

const help = `
Cases are JSON lines, gzip or not; a folder stands for its .jsonl and .jsonl.gz files. A line has
  entity     what it is about: a type's id, or the name a known suite has for one
  text       the text to scan
  polarity   "positive": must be found; "negative": must not be
  spans      where, as [{"start": 8, "end": 19}], in UTF-16 code units (optional)
  values     the strings to be found, where spans are not known (optional)
  peer       the suite whose names and confidence apply (optional)
  kind       "ner" with the entity "*": spans are all there is, each with its own entity (optional)
  id, path   a name for the case; the file name a rule may ask for (optional)
Positives need each span touched by a finding of the type. docs/accuracy.md tells how suites are read.

Example:
  $ sensitivity eval cases.jsonl.gz --misses
`;

/** `sensitivity eval`: judges the detectors by labelled cases. */
export function evalCommand(): Command {
  return new Command('eval')
    .description('Judges the detectors by labelled cases: precision and recall by suite and type')
    .argument('<cases...>', 'files of labelled cases, or folders of them')
    .option('--misses', 'print each case that failed, with its text and what was found instead')
    .addOption(
      new Option(
        '--min-confidence <number>',
        "judge at this confidence, 0 to 1, not at each suite's own",
      ).argParser(parseConfidence),
    )
    .addOption(
      new Option('--format <format>').choices(['table', 'json', 'markdown']).default('table'),
    )
    .addHelpText('after', help)
    .action(async (paths: string[], options: Omit<EvalOptions, 'misses'> & { misses?: true }) => {
      const { runEval } = await import('./eval/run-eval.ts');
      await runEval(paths, {
        ...options,
        misses: options.misses ?? false,
        write: (text) => process.stdout.write(text),
      });
    });
}

function parseConfidence(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  }
  return value;
}
