import { type CommandNode, listCommands } from '../command-tree.ts';

/** Writes a completion function for zsh 5 and later; its file is to be named `_sensitivity`. */
export function zshScript(program: CommandNode): string {
  const name = program.path.join(' ');
  const functions = listCommands(program).map((command) => functionOf(command));
  return `#compdef ${name}
# zsh completion of ${name}
${functions.join('\n')}
if [[ \${funcstack[1]} == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function functionOf({ path, options, commands, choices }: CommandNode): string {
  const specs = options.map(({ long, help, takesValue, choices: values }) => {
    const value =
      values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : '';
    return quote(`${long}[${plain(help)}]${value}`);
  });
  if (commands.length === 0) {
    const rest = choices.length > 0 ? `1:argument:(${choices.join(' ')})` : '*:file:_files';
    return `${nameOf(path)}() {\n  _arguments ${[...specs, quote(rest)].join(' \\\n    ')}\n}`;
  }
  const described = commands.map(({ path: words, summary }) =>
    quote(`${words.at(-1)}:${plain(summary)}`),
  );
  const calls = commands.map(({ path: words }) => `        ${words.at(-1)}) ${nameOf(words)} ;;`);
  return `${nameOf(path)}() {
  local line state
  _arguments -C ${[...specs, quote('1:command:->command'), quote('*::argument:->argument')].join(' \\\n    ')}
  case $state in
    command)
      local -a commands=(${described.join(' \\\n        ')})
      _describe command commands
      ;;
    argument)
      case $line[1] in
${calls.join('\n')}
      esac
      ;;
  esac
}`;
}

function nameOf(path: readonly string[]): string {
  return `_${path.join('_').replaceAll('-', '_')}`;
}

/** What \`_arguments\` and \`_describe\` read as their own is taken as text. */
function plain(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
