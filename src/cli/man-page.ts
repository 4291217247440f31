import { version } from '../platform/version.ts';
import { type CommandNode, listCommands, type OptionNode } from './command-tree.ts';

/** Writes the manual page of a program (man(7)), section 1. */
export function manPage(program: CommandNode): string {
  const name = program.path.join(' ');
  const commands = listCommands(program).slice(1);
  const lines = [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    `${name} \\- ${text(program.summary)}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ path, usage }) => [`.B ${text(path.join(' '))}`, text(usage), '.br']),
    '.SH OPTIONS',
    ...program.options.flatMap(optionLines),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    'Zero when it did what was asked, 2 when it was called wrongly, 1 for any other failure, unless a command says otherwise.',
    '.SH ENVIRONMENT',
    'Each option of a role can be given as the variable that stands in brackets behind it; the flag goes before.',
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines({ path, summary, options, examples }: CommandNode): string[] {
  return [
    `.SS ${text(path.join(' '))}`,
    `${text(summary)}.`,
    ...options.flatMap(optionLines),
    ...(examples.length > 0 ? ['.PP', 'Example:', '.PP', '.nf', '.RS'] : []),
    ...examples.map(text),
    ...(examples.length > 0 ? ['.RE', '.fi'] : []),
  ];
}

function optionLines({ flags, help }: OptionNode): string[] {
  return ['.TP', `.B ${text(flags)}`, text(help)];
}

/** Escapes what roff reads as its own: backslashes, hyphens, and a line that starts like a request. */
function text(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
