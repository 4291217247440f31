import { Command, CommanderError } from 'commander';
import { version } from '../platform/version.ts';
import { authCommand } from './auth-command.ts';
import { beatCommand } from './beat-command.ts';
import { configCommand } from './config-command.ts';
import { usageExitCode } from './exit-codes.ts';
import { fileCommand } from './file-command.ts';
import { healthCommand } from './health-command.ts';
import { policyCommand } from './policy-command.ts';
import { secretsCommand } from './secrets-command.ts';
import { SettingError } from './setting.ts';
import { upCommand } from './up-command.ts';
import { workerCommand } from './worker-command.ts';

/**
 * Runs the command line. Each subcommand loads its role only when it is called.
 *
 * @param argv as `process.argv`.
 */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = new Command('sensitivity')
    .description('Tells a team which of their files are sensitive, how much, and why.')
    .version(version)
    .configureOutput({ outputError: (text, write) => write(toOneLine(text)) })
    .exitOverride();
  const commands = [
    upCommand,
    authCommand,
    fileCommand,
    beatCommand,
    workerCommand,
    configCommand,
    healthCommand,
    policyCommand,
    secretsCommand,
  ];
  for (const create of commands) {
    program.addCommand(create().copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeFor(error);
  }
}

/** What is wrong and what may have been meant, as other errors look. */
function toOneLine(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  return `sensitivity: ${line} (--help tells more)\n`;
}

function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof SettingError) {
    process.stderr.write(`sensitivity: ${error.message}\n`);
    return usageExitCode;
  }
  const message = error instanceof Error ? error.message : 'something that is no error was thrown';
  process.stderr.write(`sensitivity: ${message}\n`);
  return 1;
}
