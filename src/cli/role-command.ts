import { Command, Option } from 'commander';
import { resolveSettings, type Setting, type Settings, type ValuesOf } from './setting.ts';

export interface RoleCommand<Declared extends Settings> {
  name: string;
  summary: string;
  settings: Declared;
  example: string;
  run: (values: ValuesOf<Declared>) => Promise<void>;
}

/** A subcommand whose options are the declared settings. */
export function roleCommand<Declared extends Settings>(role: RoleCommand<Declared>): Command {
  const command = new Command(role.name).description(role.summary);
  for (const one of Object.values(role.settings)) command.addOption(optionOf(one));
  command.addHelpText('after', `\nExample:\n  $ ${role.example}\n`);
  return command.action(async (flags: Record<string, unknown>) => {
    stopWithParent();
    await role.run(resolveSettings(role.settings, flags).values);
  });
}

/** A setting as an option of a command. */
export function optionOf(one: Setting<unknown>): Option {
  const from = one.secret ? `${one.env} or ${one.env}_FILE` : one.env;
  const shown = one.shownDefault ?? one.default?.({ 'data-dir': './data' });
  const value = shown === undefined ? '' : `, default ${shown}`;
  const option = new Option(`--${one.name} <value>`, `${one.help} [${from}${value}]`);
  // For completion; what is given is checked as a setting, wherever it comes from.
  option.argChoices = [...(one.parse.choices ?? [])];
  return option;
}

/** A role that `up` started ends when `up` is gone, however it went. */
function stopWithParent(): void {
  if (!process.connected) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
