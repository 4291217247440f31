import type { Command, Option } from 'commander';

/** A command as its help tells of it, with the commands below it. */
export interface CommandNode {
  /** All the words that call it, from the program's name on. */
  path: readonly string[];
  summary: string;
  /** What may follow the words, as in `[command]`. */
  usage: string;
  options: readonly OptionNode[];
  /** What its arguments can be, where that is known. */
  choices: readonly string[];
  /** Command lines as they are typed. */
  examples: readonly string[];
  commands: readonly CommandNode[];
}

export interface OptionNode {
  /** As in `-V, --version`. */
  flags: string;
  long: string;
  help: string;
  takesValue: boolean;
  choices: readonly string[];
}

/** Describes a command and all below it. */
export function describeCommand(command: Command, above: readonly string[] = []): CommandNode {
  const path = [...above, command.name()];
  return {
    path,
    summary: command.description(),
    usage: command.usage(),
    options: command.createHelp().visibleOptions(command).map(describeOption),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    examples: examplesOf(command),
    commands: command.commands.map((one) => describeCommand(one, path)),
  };
}

/** Lists a command and all below it, each before those below. */
export function listCommands(command: CommandNode): CommandNode[] {
  return [command, ...command.commands.flatMap(listCommands)];
}

function describeOption(option: Option): OptionNode {
  return {
    flags: option.flags,
    long: option.long ?? '',
    help: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  };
}

/** The examples are added to the help and are no part of what a command tells of itself. */
function examplesOf(command: Command): string[] {
  let help = '';
  const { writeOut } = command.configureOutput();
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  if (writeOut !== undefined) command.configureOutput({ writeOut });
  return [...help.matchAll(/^ {2}\$ (.+)$/gm)].map(([, line = '']) => line);
}
