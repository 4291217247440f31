import { Command, CommanderError } from 'commander';
import { authCommand } from './auth-command.ts';
import { beatCommand } from './beat-command.ts';
import { completionCommand } from './completion-command.ts';
import { configCommand } from './config-command.ts';
import { detectorsCommand } from './detectors-command.ts';
import { evalCommand } from './eval-command.ts';
import { usageExitCode } from './exit-codes.ts';
import { fileCommand } from './file-command.ts';
import { healthCommand } from './health-command.ts';
import { loginCommand } from './login-command.ts';
import { logoutCommand } from './logout-command.ts';
import { manCommand } from './man-command.ts';
import { policyCommand } from './policy-command.ts';
import { scanCommand } from './scan-command.ts';
import { secretsCommand } from './secrets-command.ts';
import { SettingError } from './setting.ts';
import { textCommand } from './text-command.ts';
import { upCommand } from './up-command.ts';
import { usersCommand } from './users-command.ts';
import { whoamiCommand } from './whoami-command.ts';
import { workerCommand } from './worker-command.ts';

/**
 * Runs the command line. Each subcommand loads its role only when it is called.
 *
 * @param argv as `process.argv`.
 */
export async function runProgram(argv: readonly string[]): Promise<void> {
  // Who reads what is printed may stop reading, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // A command that has work to end listens too.
    if (process.stdout.listenerCount('error') === 1) process.exit();
  });
  const program = new Command('sensitivity')
    .description('Tells a team which of their files are sensitive, how much, and why.')
    .option('-V, --version', 'tell version, commit and engine version')
    .configureOutput({ outputError: (text, write) => write(toOneLine(text)) })
    .enablePositionalOptions()
    .exitOverride();
  program.on('option:version', () => {
    throw new CommanderError(0, 'commander.version', '');
  });
  const commands = [
    scanCommand,
    upCommand,
    authCommand,
    fileCommand,
    beatCommand,
    workerCommand,
    loginCommand,
    logoutCommand,
    whoamiCommand,
    usersCommand,
    configCommand,
    healthCommand,
    policyCommand,
    secretsCommand,
    completionCommand,
    manCommand,
    evalCommand,
    detectorsCommand,
    textCommand,
  ];
  for (const create of commands) {
    program.addCommand(withSettingsOf(program, create()));
  }
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (isVersionAsked(error)) await printVersion();
    process.exitCode = exitCodeFor(error);
  }
}

/** Gives a command and its subcommands the program's way with errors. */
function withSettingsOf(program: Command, command: Command): Command {
  for (const one of command.commands) withSettingsOf(program, one);
  return command.copyInheritedSettings(program);
}

function isVersionAsked(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.version';
}

async function printVersion(): Promise<void> {
  const { engineVersion } = await import('../engine/version.ts');
  const { readCommit } = await import('../platform/program-files.ts');
  const { version } = await import('../platform/version.ts');
  process.stdout.write(
    `sensitivity ${version} (commit ${readCommit()}, engine ${engineVersion})\n`,
  );
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
