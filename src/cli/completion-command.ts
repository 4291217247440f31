import { Argument, Command } from 'commander';

const scripts = {
  bash: async () => (await import('./completion/bash-script.ts')).bashScript,
  zsh: async () => (await import('./completion/zsh-script.ts')).zshScript,
  fish: async () => (await import('./completion/fish-script.ts')).fishScript,
};

/** `sensitivity completion`: what makes a shell complete commands and flags. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('Prints what makes a shell complete commands, flags and their values')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Examples:
  $ sensitivity completion bash > ~/.local/share/bash-completion/completions/sensitivity
  $ sensitivity completion zsh > ~/.zfunc/_sensitivity
  $ sensitivity completion fish > ~/.config/fish/completions/sensitivity.fish
`,
    )
    .action(async (shell: keyof typeof scripts, _options: unknown, command: Command) => {
      const { describeCommand } = await import('./command-tree.ts');
      const script = await scripts[shell]();
      process.stdout.write(script(describeCommand(command.parent ?? command)));
    });
}
