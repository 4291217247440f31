import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';

/** Whether this is the single executable: the program is inside it and not on the disk. */
export const isExecutable = isSea();

/** The folder of the program's own files; in the executable a virtual one of this process alone. */
export const programRoot = findRoot(import.meta.dirname);

/** Abbreviated as `git` does. */
const commitChars = 7;

/** Tells the commit the program was built from, abbreviated; `unknown` when nothing tells it. */
export function readCommit(root: string = programRoot): string {
  return readFullCommit(root)?.slice(0, commitChars) ?? 'unknown';
}

/** Reads the commit from the file `commit` that a build leaves, else from the checkout's own. */
export function readFullCommit(root: string = programRoot): string | undefined {
  const commit = readText(join(root, 'commit')) ?? readCheckout(join(root, '.git')) ?? '';
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

function readCheckout(git: string): string | undefined {
  const head = readText(join(git, 'HEAD'));
  const ref = /^ref: (refs\/\S+)$/.exec(head ?? '')?.[1];
  if (ref === undefined) return head;
  const packed = readText(join(git, 'packed-refs'))
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`));
  return readText(join(git, ref)) ?? packed?.split(' ')[0];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the program is incomplete: package.json is missing');
    folder = parent;
  }
  return folder;
}
