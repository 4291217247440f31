import { Command } from 'commander';

/** `sensitivity man`: the manual page, made of what the commands' help says. */
export function manCommand(): Command {
  return new Command('man')
    .description('Prints the manual page')
    .addHelpText(
      'after',
      `
Examples:
  $ sensitivity man | man -l -
  $ sensitivity man > ~/.local/share/man/man1/sensitivity.1
`,
    )
    .action(async (_options: unknown, command: Command) => {
      const { describeCommand } = await import('./command-tree.ts');
      const { manPage } = await import('./man-page.ts');
      process.stdout.write(manPage(describeCommand(command.parent ?? command)));
    });
}
