import { Command, Option } from 'commander';
import type { TextFormat } from './text/show-text.ts';

const help = `
Places are what findings have: the page, slide, sheet or section of a part, and the names of the
documents it is inside of. What cannot be read is told on standard error.

Exit codes: 0 all of it was read, 2 wrong usage, 3 some or all of it could not be.

Examples:
  $ sensitivity text report.docx
  $ sensitivity text --format jsonl mail.eml | jq -r .text
  $ cat table.xlsx | sensitivity text -
`;

/** `sensitivity text`: a document as the scanner sees it. */
export function textCommand(): Command {
  return new Command('text')
    .description('Shows the text of a document as the scanner sees it')
    .argument('<file>', 'a file of any format; - is standard input')
    .addOption(new Option('--format <format>').choices(['plain', 'jsonl']).default('plain'))
    .option('--ocr', 'recognise the text that pictures show, as a policy can ask for')
    .addHelpText('after', help)
    .action(async (file: string, flags: { format: TextFormat; ocr?: true }) => {
      const { showText } = await import('./text/show-text.ts');
      process.exitCode = await showText(file, flags);
    });
}
