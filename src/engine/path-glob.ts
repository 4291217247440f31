/**
 * Tells whether a path fits a glob: `*` stands for any characters but `/`, `?` for one of them,
 * `**` between slashes for any number of folders. A glob without a slash fits the name in any
 * folder; backslashes in the path count as slashes. Costs at most glob times path.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const names = path.replaceAll('\\', '/').split('/').filter(isName);
  const parts = glob
    .replace(/^\.?\//, '')
    .split('/')
    .filter(isName);
  if (!glob.includes('/')) parts.unshift('**');
  if (glob.endsWith('/')) parts.push('**');
  return matchesParts(parts, names, isAnyFolder, matchesName);
}

function isName(part: string): boolean {
  return part !== '' && part !== '.';
}

function isAnyFolder(part: string): boolean {
  return part === '**';
}

function matchesName(pattern: string, name: string): boolean {
  const isAny = (char: string): boolean => char === '*';
  const fits = (char: string, other: string): boolean => char === '?' || char === other;
  return matchesParts([...pattern], [...name], isAny, fits);
}

/** Matches parts one by one; an "any" part takes any number, tried again from the last one only. */
function matchesParts(
  pattern: readonly string[],
  text: readonly string[],
  isAny: (part: string) => boolean,
  fits: (part: string, other: string) => boolean,
): boolean {
  let p = 0;
  let t = 0;
  let lastAny = -1;
  let takenTo = 0;
  while (t < text.length) {
    const part = pattern[p];
    if (part !== undefined && isAny(part)) {
      lastAny = p++;
      takenTo = t;
    } else if (part !== undefined && fits(part, text[t] as string)) {
      p++;
      t++;
    } else if (lastAny >= 0) {
      p = lastAny + 1;
      t = ++takenTo;
    } else {
      return false;
    }
  }
  while (p < pattern.length && isAny(pattern[p] as string)) p++;
  return p === pattern.length;
}
