import { Argument, Command, Option } from 'commander';
import { resolveSettings, type Settings } from './setting.ts';
import {
  authSettings,
  beatSettings,
  fileSettings,
  upSettings,
  workerSettings,
} from './settings.ts';

const settingsByCommand: Record<string, Settings> = {
  up: upSettings,
  auth: authSettings,
  file: fileSettings,
  beat: beatSettings,
  worker: workerSettings,
};

interface Line {
  command: string;
  name: string;
  env: string;
  value: unknown;
  source: string;
}

/** `sensitivity config`: what is in force and where each value came from, secrets redacted. */
export function configCommand(): Command {
  const commands = Object.keys(settingsByCommand);
  return new Command('config')
    .description('Prints the settings in force and where each comes from; secrets are redacted')
    .addArgument(
      new Argument('[command]', 'of which command; all of them without').choices(commands),
    )
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      '\nExample:\n  $ SENSITIVITY_PORT=7001 sensitivity config file --format json\n',
    )
    .action((command: string | undefined, { format }: { format: string }) => {
      const chosen = command === undefined ? commands : [command];
      const lines = chosen.flatMap((name) => linesOf(name, settingsByCommand[name] ?? {}));
      process.stdout.write(
        format === 'json' ? `${JSON.stringify(lines, null, 2)}\n` : table(lines),
      );
    });
}

function linesOf(command: string, declared: Settings): Line[] {
  const missing = Object.entries(declared).filter(([, one]) => one.secret);
  const plain = Object.fromEntries(Object.entries(declared).filter(([, one]) => !one.secret));
  const { values, sources } = resolveSettings(plain, {});
  const lines = Object.entries(plain).map(([key, { name, env }]) => {
    return { command, name, env, value: values[key], source: sources[key] ?? 'default' };
  });
  return [...lines, ...missing.map(([key, one]) => secretLine(command, { [key]: one }))];
}

/** A secret that is not set does not keep the rest from being shown. */
function secretLine(command: string, declared: Settings): Line {
  const [key = '', one] = Object.entries(declared)[0] ?? [];
  const { name = '', env = '' } = one ?? {};
  try {
    const { sources } = resolveSettings(declared, {});
    return { command, name, env, value: '[redacted]', source: sources[key] ?? '' };
  } catch {
    return { command, name, env, value: null, source: 'not set' };
  }
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ command, name, value, source }) => [
    command,
    `--${name}`,
    value === null ? '' : String(value),
    source,
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}
