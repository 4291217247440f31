import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { FileResult } from '../../../src/cli/scan/file-result.ts';
import { type CommandResult, type RunOptions, runCommand } from '../../support/run-command.ts';
import { useFolder } from '../../support/use-folder.ts';

/** A temporary folder with these files, by path. */
export function useFiles(t: TestContext, files: Record<string, string | Uint8Array>): string {
  const folder = useFolder(t);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs `sensitivity scan` in a folder; its key is kept in a folder of the test. */
export function scan(
  t: TestContext,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const env = { XDG_CONFIG_HOME: useFolder(t), ...options.env };
  return runCommand(['scan', ...args], { ...options, env });
}

/** Scans as JSON lines. */
export async function scanLines(
  t: TestContext,
  args: readonly string[],
  options: RunOptions = {},
): Promise<FileResult[]> {
  const { stdout } = await scan(t, ['--format', 'jsonl', ...args], options);
  return parseLines(stdout);
}

export function parseLines(text: string): FileResult[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FileResult);
}
