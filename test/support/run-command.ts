import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve(import.meta.dirname, '../../bin/sensitivity.ts');

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Nobody reads its output. */
  closeOutput?: boolean;
  env?: Record<string, string>;
  cwd?: string;
  /** What comes on standard input; none without. */
  input?: string | Uint8Array;
  /** The user to run as, when it is not one's own. */
  uid?: number;
}

/** Hundreds of processes of the same code are compiled once. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'sensitivity-test-code') };

/** Runs `sensitivity` with next to nothing in its environment but what is given. */
export function runCommand(
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...compileCache, ...options.env },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
  child.stdin?.end(options.input);
  // As `head` does when it has seen enough.
  if (options.closeOutput === true) child.stdout?.destroy();
  const result: CommandResult = { code: null, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => done({ ...result, code }));
  });
}
