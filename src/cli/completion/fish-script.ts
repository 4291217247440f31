import { type CommandNode, listCommands } from '../command-tree.ts';

/** Writes a completion script for fish 3 and later. */
export function fishScript(program: CommandNode): string {
  const name = program.path.join(' ');
  const lines = listCommands(program).flatMap((command) => {
    const when = `-n ${quote(condition(command))}`;
    return [
      ...command.commands.map(
        ({ path, summary }) =>
          `complete -c ${name} -f ${when} -a ${quote(path.at(-1) ?? '')} -d ${quote(summary)}`,
      ),
      ...command.choices.map((choice) => `complete -c ${name} -f ${when} -a ${quote(choice)}`),
      ...command.options.map(({ long, help, takesValue, choices }) => {
        const value =
          choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c ${name} ${when} -l ${long.slice(2)}${value} -d ${quote(help)}`;
      }),
    ];
  });
  return `# fish completion of ${name}\n${lines.join('\n')}\n`;
}

/** Holds where this command was called and none of those below it. */
function condition({ path, commands }: CommandNode): string {
  const called = path.slice(1).map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = commands.map(({ path: words }) => words.at(-1) ?? '');
  if (below.length > 0) called.push(`not __fish_seen_subcommand_from ${below.join(' ')}`);
  return called.length > 0 ? called.join('; and ') : 'true';
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
