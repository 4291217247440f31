/**
 * Threads load their code from files, and the files inside the executable are not there for them:
 * their bundle is extracted once to a cache folder named after what is in it. From source there is
 * nothing to extract.
 */
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Piscina } from 'piscina';
import { isExecutable, programRoot } from './program-files.ts';

const hashChars = 32;

/** What starts threads: the pool, and the file each kind of thread begins with. */
export interface ThreadCode {
  Piscina: typeof Piscina;
  /** Gives the file, as a URL, for the URL of its source. */
  fileOf(source: URL): string;
}

/**
 * Loads what starts threads. The executable extracts their bundle first, unless it is there already,
 * whole and this user's own; any number of processes may do so at once.
 *
 * @param folders where it may be put: the first that can be written is taken.
 * @throws {Error} when none can.
 */
export function loadThreadCode(folders: readonly string[]): ThreadCode {
  const require = createRequire(import.meta.url);
  if (!isExecutable) return { Piscina: require('piscina').Piscina, fileOf: ({ href }) => href };
  const folder = extractThreadCode(folders);
  return {
    // The pool starts its threads from a file beside its own.
    Piscina: require(join(folder, 'piscina.js')).Piscina,
    fileOf: ({ pathname }) => pathToFileURL(join(folder, `${parse(pathname).name}.mjs`)).href,
  };
}

/** Where the bundle may be put besides: in the folder of this user for temporary files. */
export function temporaryFolder(): string {
  const user = process.getuid === undefined ? '' : `-${process.getuid()}`;
  return join(tmpdir(), `sensitivity${user}`);
}

/** @returns the folder it is in. @throws {Error} when none of the folders can be written. */
export function extractThreadCode(
  folders: readonly string[],
  bundle: string = join(programRoot, 'threads'),
): string {
  const files = readFiles(bundle);
  const name = `threads-${hashOf(files)}`;
  const known = folders.map((folder) => join(folder, name)).find((path) => isWhole(path, files));
  return known ?? writeFirst(folders, name, files);
}

type Files = ReadonlyMap<string, Buffer>;

function writeFirst(folders: readonly string[], name: string, files: Files): string {
  const failures: string[] = [];
  for (const folder of folders) {
    try {
      return write(folder, name, files);
    } catch (error) {
      failures.push(`${folder} (${reasonOf(error)})`);
    }
  }
  throw new Error(
    `the code of threads cannot be written to ${failures.join(' or ')}: set --cache-dir to a folder that can`,
  );
}

function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return 'code' in error ? error.code : error.message;
}

/** Writes into a folder of another name first, so that nobody ever sees half of it. */
function write(folder: string, name: string, files: Files): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOurAlone(folder)) throw new Error('others may write there');
  const path = join(folder, name);
  const unfinished = mkdtempSync(join(folder, '.unfinished-'));
  try {
    for (const [file, content] of files) writeFileSync(join(unfinished, file), content);
    // One that is there but is not whole gives way; of several at once one comes first.
    if (!isWhole(path, files)) rmSync(path, { recursive: true, force: true });
    renameSync(unfinished, path);
  } catch (error) {
    if (!isWhole(path, files)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return path;
}

/** Whether a folder holds exactly these files and nobody else could have put them there. */
function isWhole(path: string, files: Files): boolean {
  try {
    if (!isOurAlone(dirname(path)) || !isOurAlone(path)) return false;
    const found = readFiles(path);
    const isThere = ([name, content]: [string, Buffer]): boolean =>
      found.get(name)?.equals(content) === true;
    return found.size === files.size && [...files].every(isThere);
  } catch {
    return false;
  }
}

function isOurAlone(folder: string): boolean {
  const found = lstatSync(folder);
  const isOurs = process.getuid === undefined || found.uid === process.getuid();
  return found.isDirectory() && isOurs && (found.mode & 0o022) === 0;
}

function readFiles(folder: string): Files {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

function hashOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, hashChars);
}
