import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { normalize } from 'node:path';
import { type FilePath, joinPath, textPath, toSystemPath } from './file-path.ts';
import {
  findRulesAbove,
  IgnoreRules,
  type RulesInForce,
  readRepositoryRules,
  readRules,
} from './ignore-rules.ts';
import { unreadableReason } from './unreadable.ts';

/** A file to scan; `size` is what the walk saw, in bytes. `stdin` is what `-` names. */
export interface FileEntry {
  kind: 'file';
  path: FilePath;
  size: number;
  /** Whether the user named it, so that links are followed. */
  isNamed: boolean;
}

/**
 * What the walk met and leaves: `skipped` by rule (`symbolic_link`, `special:fifo`, …, `own_report`)
 * or `failed` (`unreadable:EACCES`, …, and what the user named and is no file).
 */
export interface PassedEntry {
  kind: 'passed';
  path: FilePath;
  status: 'skipped' | 'failed';
  reason: string;
}

export interface StdinEntry {
  kind: 'stdin';
  path: FilePath;
}

export type WalkEntry = FileEntry | StdinEntry | PassedEntry;

/** Which file it is, whatever its name. */
export interface FileIdentity {
  dev: number;
  ino: number;
}

export interface WalkOptions {
  /** Whether `.gitignore` and `info/exclude` are heeded. */
  heedsIgnore: boolean;
  /** Files that this run reads or writes itself. */
  ownFiles: readonly FileIdentity[];
  /** A file that is there during the run alone; it is passed over without a word. */
  draft: FileIdentity | undefined;
  /** Is called for each file or folder that is ignored. */
  onIgnored: () => void;
}

/**
 * Walks files and folders in the order of their names, links not followed unless named; `.git`
 * folders are left out. One folder's names are in memory at a time for each level. Reads the disk
 * synchronously, an entry a step: who walks gives others their turn.
 */
export function* walkFiles(names: readonly string[], options: WalkOptions): Iterable<WalkEntry> {
  for (const name of new Set(names)) {
    if (name === '-') {
      yield { kind: 'stdin', path: textPath('-') };
      continue;
    }
    const path = textPath(namedPath(name));
    const stats = inspect(path, statSync);
    if (typeof stats === 'string') yield failed(path, stats);
    else if (stats.isFile()) yield fileEntry(path, stats, { isNamed: true, options });
    else if (stats.isDirectory()) yield* walkFolder(path, options);
    else yield failed(path, specialReason(stats));
  }
}

/** The name without `./` and `/` around it; empty for the working folder. */
function namedPath(name: string): string {
  const path = normalize(name);
  if (path === '.' || path === './') return '';
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** A folder being walked; `next` is the index of the next of its entries. */
interface Frame extends RulesInForce {
  folder: FilePath;
  entries: readonly Entry[];
  next: number;
}

type Entry = Dirent | Dirent<Buffer>;

function* walkFolder(start: FilePath, options: WalkOptions): Iterable<WalkEntry> {
  const above = options.heedsIgnore
    ? findRulesAbove(realpathSync(toSystemPath(start)).toString())
    : { rules: new IgnoreRules(), prefix: '' };
  const first = openFolder(start, above, options);
  if (typeof first === 'string') {
    yield failed(start, first);
    return;
  }
  const frames: Frame[] = [first];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const entry = frame.entries[frame.next];
    frame.next += 1;
    if (entry === undefined) {
      frames.pop();
      continue;
    }
    const isFolder = entry.isDirectory();
    if (isFolder && entry.name.toString() === '.git') continue;
    const relative = `${frame.prefix}${entry.name.toString()}${isFolder ? '/' : ''}`;
    if (options.heedsIgnore && frame.rules.ignores(relative)) {
      options.onIgnored();
      continue;
    }
    const path = joinPath(frame.folder, entry.name);
    if (!isFolder) {
      const visited = visit(path, entry, options);
      if (visited !== undefined) yield visited;
      continue;
    }
    const inside = openFolder(path, { rules: frame.rules, prefix: relative }, options);
    if (typeof inside === 'string') yield failed(path, inside);
    else frames.push(inside);
  }
}

/** Reads a folder's names and adds the rules it brings; a reason when it cannot be read. */
function openFolder(folder: FilePath, above: RulesInForce, options: WalkOptions): Frame | string {
  const path = toSystemPath(folder);
  let entries: Entry[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
    if (entries.some(({ name }) => name.includes('\ufffd'))) {
      entries = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
    }
  } catch (error) {
    return unreadableReason(error);
  }
  entries.sort(byName);
  let inForce = above;
  if (options.heedsIgnore && entries.some(({ name }) => name.toString() === '.git')) {
    inForce = { rules: readRepositoryRules(path), prefix: '' };
  }
  if (options.heedsIgnore && entries.some(isRules)) {
    const text = readRules(toSystemPath(joinPath(folder, '.gitignore')));
    inForce = { ...inForce, rules: inForce.rules.plus(text, inForce.prefix) };
  }
  return { ...inForce, folder, entries, next: 0 };
}

function byName(a: Entry, b: Entry): number {
  const [one, other] = [a.name, b.name];
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function isRules(entry: Entry): boolean {
  return entry.isFile() && entry.name.toString() === '.gitignore';
}

function visit(path: FilePath, entry: Entry, options: WalkOptions): WalkEntry | undefined {
  if (!entry.isFile()) return skipped(path, specialReason(entry));
  const stats = inspect(path, lstatSync);
  if (typeof stats === 'string') return failed(path, stats);
  if (options.draft !== undefined && isSame(options.draft, stats)) return undefined;
  return fileEntry(path, stats, { isNamed: false, options });
}

function fileEntry(
  path: FilePath,
  stats: Stats,
  { isNamed, options }: { isNamed: boolean; options: WalkOptions },
): WalkEntry {
  const isOwn = options.ownFiles.some((own) => isSame(own, stats));
  return isOwn ? skipped(path, 'own_report') : { kind: 'file', path, size: stats.size, isNamed };
}

function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function inspect(path: FilePath, read: typeof statSync | typeof lstatSync): Stats | string {
  try {
    return read(toSystemPath(path));
  } catch (error) {
    return unreadableReason(error);
  }
}

function specialReason(entry: Stats | Entry): string {
  if (entry.isSymbolicLink()) return 'symbolic_link';
  if (entry.isFIFO()) return 'special:fifo';
  if (entry.isSocket()) return 'special:socket';
  if (entry.isCharacterDevice()) return 'special:character_device';
  return entry.isBlockDevice() ? 'special:block_device' : 'special:unknown';
}

function skipped(path: FilePath, reason: string): PassedEntry {
  return { kind: 'passed', path, status: 'skipped', reason };
}

function failed(path: FilePath, reason: string): PassedEntry {
  return { kind: 'passed', path, status: 'failed', reason };
}
