import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * Checks what the architecture promises of the tree. Prints one line a fault and exits with 1
 * when there is any. `npm run layout` runs it over the files that git tracks or would track.
 */

const mostLines = 400;

/** Names given by a tool or a convention. */
const givenNames = new Set([
  'Caddyfile',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'Dockerfile',
  'LICENSE',
  'README.md',
]);

const sql =
  /\.(selectFrom|insertInto|updateTable|deleteFrom|prepare|pragma)\(|\b(select [\w*]+.* from|insert into|update \w+ set|delete from) /;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

const faults = files.flatMap((path) => {
  const text = /\.(ts|md|yaml|json)$/.test(path) ? readFileSync(path, 'utf8') : '';
  return [
    ...checkName(path),
    ...(path.endsWith('.ts') ? checkImports(path, text) : []),
    ...(/^(src|bin)\/.*\.ts$/.test(path) ? [...checkSource(path, text)] : []),
    ...(path.endsWith('.md') ? checkPaths(path, text) : []),
  ];
});

for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${files.length} files, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

function checkName(path: string): string[] {
  const bad = path
    .split('/')
    .filter(
      (part) => !givenNames.has(part) && !/^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part),
    );
  return bad.map((part) => `${path}: ${part} is not kebab-case`);
}

/** A role imports no other role, the engine nothing but itself, nobody a test. */
function checkImports(path: string, text: string): string[] {
  const faults: string[] = [];
  for (const [, specifier = ''] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    const target = specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier))
      : specifier;
    const role = /^src\/roles\/(\w+)\//.exec(path)?.[1];
    const targetRole = /^src\/roles\/(\w+)\//.exec(target)?.[1];
    if (role !== undefined && targetRole !== undefined && role !== targetRole) {
      faults.push(`${path}: the role ${role} imports the role ${targetRole}`);
    }
    const outside = !target.startsWith('src/engine/') && target !== 'node:crypto';
    if (path.startsWith('src/engine/') && outside) {
      faults.push(`${path}: the engine imports ${specifier}`);
    }
    const isPlatform = /^src\/(platform|broker|documents|policy)\//.test(path);
    if (isPlatform && /^src\/(roles|cli)\//.test(target)) {
      faults.push(`${path}: imports ${specifier}, which stands on it`);
    }
    if (path.startsWith('src/') && target.startsWith('test/')) {
      faults.push(`${path}: imports the test ${specifier}`);
    }
    // The kernel's compiler adds the extension itself.
    if (specifier.startsWith('.') && !existsSync(target) && !existsSync(`${target}.ts`)) {
      faults.push(`${path}: ${specifier} does not exist`);
    }
  }
  return faults;
}

function* checkSource(path: string, text: string): Iterable<string> {
  const mayQuery = /\/(store|migrations)\/|^src\/platform\/database\//.test(path);
  const lines = text.split('\n');
  if (lines.length > mostLines) yield `${path}: ${lines.length} lines, over ${mostLines}`;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(\/\/|\*|\/\*)/.test(line)) continue;
    if (!mayQuery && sql.test(line)) yield `${path}:${index + 1}: SQL outside a store/`;
    if (/process\.env|import\.meta\.env/.test(line) && !path.startsWith('src/cli/')) {
      yield `${path}:${index + 1}: the environment is read outside src/cli`;
    }
  }
}

/** Paths that a document names exist: links, and code such as `src/cli/settings.ts`. */
function checkPaths(path: string, text: string): string[] {
  const named = new Set<string>();
  for (const [, link = ''] of text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)) {
    named.add(normalize(join(dirname(path), link)));
  }
  for (const [, code = ''] of text.matchAll(/`((?:src|bin|test|bench|tools|docs)\/[\w./-]*)`/g)) {
    named.add(normalize(code));
  }
  return [...named]
    .filter((target) => !existsSync(target))
    .map((target) => `${path}: names ${target}, which does not exist`);
}
