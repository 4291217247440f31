import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type ReadOutcome, readDocument } from '../../documents/read-document.ts';
import { SettingError } from '../setting.ts';
import { TextOutput } from './text-output.ts';

export type TextFormat = 'plain' | 'jsonl';

const unreadExitCode = 3;

/**
 * Writes the text of a document to standard output and what was not read to standard error.
 * Returns the exit code.
 *
 * @throws {SettingError} when there is no such file, or it may not be read.
 */
export async function showText(
  file: string,
  { format, ocr = false }: { format: TextFormat; ocr?: boolean },
): Promise<number> {
  const output = new TextOutput(format, (text) => process.stdout.write(text));
  const outcome = await readDocument(paced(open(file)), output, { ocr }).catch((error) => {
    throw toSettingError(file, error);
  });
  output.finish();
  const problems = problemsOf(outcome);
  for (const problem of problems) process.stderr.write(`sensitivity: ${problem}\n`);
  return problems.length > 0 ? unreadExitCode : 0;
}

function open(file: string): AsyncIterable<Uint8Array> {
  return file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 262_144 });
}

/** No faster than what is written is taken. */
async function* paced(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    yield chunk;
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  }
}

function problemsOf({ problem, hasText, inner, mediaType }: ReadOutcome): string[] {
  const problems: string[] = [];
  if (problem !== null) {
    const type = problem.startsWith('unsupported:') ? '' : ` (${mediaType})`;
    problems.push(`${hasText ? 'read in part' : 'not read'}: ${problem}${type}`);
  }
  const what = (count: number): string => (count === 1 ? 'document' : 'documents');
  for (const [name, count] of Object.entries(inner.problems)) {
    problems.push(`${count} ${what(count)} inside not read, or in part: ${name}`);
  }
  return problems;
}

function toSettingError(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return error;
  const why: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'it may not be read',
    EISDIR: 'it is a folder; scan takes folders',
  };
  return new SettingError(`${JSON.stringify(file)}: ${why[code] ?? code}`);
}
