import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

/**
 * What git ignores, as gitignore(5) has it: the rules of every `.gitignore` from the repository's
 * root down and of `info/exclude`. All of them are kept as one list relative to the root, the
 * deeper the later, so that the last that matches decides.
 */
export class IgnoreRules {
  #rules: Ignore;
  #asked = 0;

  constructor(rules: Ignore = emptyRules()) {
    this.#rules = rules;
  }

  /** Adds the rules of a `.gitignore` in `folder`, which is relative to the root, as `a/b/`. */
  plus(text: string, folder: string): IgnoreRules {
    const patterns = text
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
      .flatMap((line) => rootedPattern(line, folder));
    return new IgnoreRules(emptyRules().add(this.#rules).add(patterns));
  }

  /** Whether the entry is ignored; `path` is relative to the root, of a folder with a `/` behind. */
  ignores(path: string): boolean {
    if (path.split('/').length > deepestAsked) return false;
    this.#asked += 1;
    // The library remembers every path it was asked about; a copy of it remembers none.
    if (this.#asked % mostRemembered === 0) this.#rules = emptyRules().add(this.#rules);
    return this.#rules.ignores(path);
  }
}

/**
 * Matching `**` costs as much as the path is deep, and with every further one as much again. What a
 * rule leaves out when it is not heeded is scanned.
 */
const deepestAsked = 64;
const mostGlobstars = 2;
const mostRemembered = 4_096;
const mostBytes = 1_048_576;

/** git compares names as the file system does, which heeds case on Linux alone. */
const ignorecase = process.platform !== 'linux';

function emptyRules(): Ignore {
  return createIgnore({ ignorecase });
}

/** A line of a folder's `.gitignore` as a pattern of the root's; nothing for what is no rule. */
function rootedPattern(line: string, folder: string): string[] {
  if (line.startsWith('#') || (line.match(/\*\*/g)?.length ?? 0) > mostGlobstars) return [];
  const isNegative = line.startsWith('!');
  const pattern = (isNegative ? line.slice(1) : line).replace(/(?<!\\) +$/, '');
  if (pattern === '') return [];
  if (folder === '') return [line];
  const slash = pattern.indexOf('/');
  const isAnchored = slash >= 0 && slash < pattern.length - 1;
  const below = isAnchored ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return [`${isNegative ? '!' : ''}/${folder.replace(/[\\*?[\]]/g, '\\$&')}${below}`];
}

/** The rules in force in a folder, and the folder relative to the root of these rules. */
export interface RulesInForce {
  rules: IgnoreRules;
  /** Empty for the root, else as `a/b/`. */
  prefix: string;
}

/**
 * The rules that a folder has from above: those of the repository it is in. A folder that they
 * ignore was named by the user nevertheless, and then they do not speak of what is in it.
 */
export function findRulesAbove(folder: string): RulesInForce {
  const none = { rules: new IgnoreRules(), prefix: '' };
  const above: string[] = [];
  for (let at = resolve(folder); at !== dirname(at); ) {
    above.unshift(at.slice(dirname(at).length).replace(/^\//, ''));
    at = dirname(at);
    if (!isThere(join(at, '.git'))) continue;
    let { rules, prefix } = { rules: readRepositoryRules(at), prefix: '' };
    for (const name of above) {
      rules = rules.plus(readRules(join(at, prefix, '.gitignore')), prefix);
      prefix += `${name}/`;
      if (rules.ignores(prefix)) return none;
    }
    return { rules, prefix };
  }
  return none;
}

/** The rules that a repository has outside its tree: `info/exclude`, also of a linked work tree. */
export function readRepositoryRules(root: string | Buffer): IgnoreRules {
  const git = join(root.toString(), '.git');
  const rules = new IgnoreRules();
  const exclude = readRules(join(git, 'info/exclude'));
  if (exclude !== '') return rules.plus(exclude, '');
  const folder = /^gitdir: (.+)/.exec(readRules(git))?.[1];
  if (folder === undefined) return rules;
  const own = resolve(root.toString(), folder);
  const common = resolve(own, readRules(join(own, 'commondir')).trim() || '.');
  return rules.plus(readRules(join(common, 'info/exclude')), '');
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The first MiB of a file of rules; empty when there is none. Links are not followed, as in git. */
export function readRules(path: string | Buffer): string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return '';
  }
  try {
    const bytes = Buffer.allocUnsafe(mostBytes);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, mostBytes, 0));
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}
