import { type CommandNode, listCommands } from '../command-tree.ts';

/** Writes a completion script for bash 4 and later. */
export function bashScript(program: CommandNode): string {
  const commands = listCommands(program);
  const name = program.path.join(' ');
  const below = commands.slice(1).map(({ path }) => quote(path.join(' ')));
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ long, choices }) =>
          `    ${quote(`${path.join(' ')} ${long}`)}) words=${quote(choices.join(' '))} ;;`,
      ),
  );
  const free = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
      .map(({ long }) => quote(`${path.join(' ')} ${long}`)),
  );
  const words = commands.map(
    ({ path, ...command }) =>
      `    ${quote(path.join(' '))}) words=${quote(wordsOf(command).join(' '))} ;;`,
  );
  return `# bash completion of ${name}
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" called=${quote(name)} words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$called \${COMP_WORDS[i]}" in
      ${below.join(' | ')}) called="$called \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$called \${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
${free.length > 0 ? `    ${free.join(' | ')}) return ;;\n` : ''}  esac
  if [[ -z $words ]]; then
    case "$called" in
${words.join('\n')}
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o bashdefault -o default -F _${name} ${name}
`;
}

function wordsOf({ commands, choices, options }: Omit<CommandNode, 'path'>): string[] {
  return [
    ...commands.map(({ path }) => path.at(-1) ?? ''),
    ...choices,
    ...options.map(({ long }) => long),
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
