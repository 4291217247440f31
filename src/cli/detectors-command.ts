import { Command, Option } from 'commander';
import type { ListFormat } from './detectors/list-detectors.ts';
import type { ShowFormat } from './detectors/show-detector.ts';

const help = `
Example:
  $ sensitivity detectors --category financial
  $ sensitivity detectors show iban
`;

/** `sensitivity detectors`: what the engine can find, and by which rules. */
export function detectorsCommand(): Command {
  return new Command('detectors')
    .description('Lists the detectors: what each finds, its weight, examples and sources')
    .argument('[word]', 'only those that have it in id, category, sources, or context words')
    .option('--category <category>', 'only those of this category')
    .addOption(new Option('--format <format>').choices(['table', 'json', 'jsonl']).default('table'))
    .addHelpText('after', help)
    .action(
      async (word: string | undefined, options: { category?: string; format: ListFormat }) => {
        const { listDetectors } = await import('./detectors/list-detectors.ts');
        const { category, format } = options;
        process.stdout.write(listDetectors({ word, category }, format));
      },
    )
    .addCommand(showCommand());
}

function showCommand(): Command {
  return new Command('show')
    .description('Shows one detector whole: anchors, context words, hits and misses')
    .argument('<id>', 'its id, such as iban')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  $ sensitivity detectors show credit_card\n')
    .action(async (id: string, { format }: { format: ShowFormat }) => {
      const { showDetector } = await import('./detectors/show-detector.ts');
      process.stdout.write(showDetector(id, format));
    });
}
