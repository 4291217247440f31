import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
  const { lines, failed } = openLines(path, await isGzip(path));
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield parseCase(text, { file, suite, line });
  }
  const error = failed();
  if (error !== undefined) throw new Error(`${file} cannot be read: ${error.message}`);
}

/** Lines of a file; `failed` tells what ended them early, which `readline` keeps to itself. */
function openLines(
  path: string,
  gzip: boolean,
): { lines: AsyncIterable<string>; failed: () => Error | undefined } {
  let error: Error | undefined;
  let input: Readable = createReadStream(path);
  if (gzip) {
    const gunzip = createGunzip();
    pipeline(input, gunzip).catch((reason: Error) => {
      error = reason;
    });
    input = gunzip;
  } else {
    input.once('error', (reason) => {
      error = reason;
    });
  }
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  return { lines, failed: () => error };
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
