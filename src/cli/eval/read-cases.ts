import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type LabelledCase, parseCase } from './labelled-case.ts';

const caseFile = /\.(jsonl|ndjson)(\.gz)?$/;

/**
 * Reads labelled cases from files of JSON lines, gzip or not, one line in memory at a time; of a
 * folder, the files whose names end in `.jsonl`, `.ndjson`, or these with `.gz`. Throws when a path
 * cannot be read, holds no cases, or a line is no case.
 */
export async function* readCases(paths: readonly string[]): AsyncGenerator<LabelledCase> {
  for (const path of paths) {
    for (const file of await listFiles(path)) yield* readFileCases(file);
  }
}

async function listFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => caseFile.test(name)).sort();
  if (names.length === 0) throw new Error(`${path} has no files that end in .jsonl or .jsonl.gz`);
  return names.map((name) => join(path, name));
}

async function* readFileCases(path: string): AsyncGenerator<LabelledCase> {
  const file = basename(path);
  const suite = file.replace(caseFile, '');
  let line = 0;
  for await (const text of readLines(path)) {
    line += 1;
    if (text.trim() !== '') yield parseCase(text, { file, suite, line });
  }
}

async function* readLines(path: string): AsyncGenerator<string> {
  const bytes = createReadStream(path);
  // What ends either stream early reaches the reader of the lines.
  const input = (await isGzip(path)) ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the stream ended early';
    throw new Error(`${basename(path)} cannot be read: ${reason}`, { cause: error });
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
