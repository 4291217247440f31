import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const program = resolve(import.meta.dirname, '../../bin/sensitivity.ts');

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `sensitivity` with nothing in its environment but PATH and what is given. */
export function runCommand(
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string; closeOutput?: boolean } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  // As `head` does when it has seen enough.
  if (options.closeOutput === true) child.stdout.destroy();
  const result: CommandResult = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => done({ ...result, code }));
  });
}
