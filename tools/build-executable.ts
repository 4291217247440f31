/**
 * Builds the single executable of this platform: bundles the program and the code of its threads
 * (`bundle-program.ts`), adds what is read as a file, and has Node put it all into a copy of itself.
 * `npm run build` makes `dist/sensitivity`, and beside it the licences of what is inside.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readCommit, readFullCommit } from '../src/platform/program-files.ts';
import { version } from '../src/platform/version.ts';
import { bundleProgram, bundleThreads } from './bundle-program.ts';
import { dropLibatomic } from './drop-libatomic.ts';
import { listLicences } from './list-licences.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const staged = join(dist, 'staged');
const output = join(dist, process.platform === 'win32' ? 'sensitivity.exe' : 'sensitivity');
/** One that runs is not written to: the new one takes its place when it is whole. */
const unfinished = `${output}.unfinished`;

/** Read as files at run time, so they are in the executable as they are. */
const plainFiles = [
  'Caddyfile',
  'node_modules/@zxcvbn-ts/language-common/package.json',
  'node_modules/@zxcvbn-ts/language-common/src/passwords.json',
  'node_modules/swagger-ui-dist/package.json',
  'node_modules/swagger-ui-dist/swagger-ui.css',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
  'node_modules/swagger-ui-dist/oauth2-redirect.js',
  'node_modules/better-sqlite3/package.json',
  ...filesBelow('node_modules/better-sqlite3/lib'),
  `node_modules/better-sqlite3/prebuilds/${sqliteTarget()}.node`,
];

rmSync(staged, { recursive: true, force: true });
mkdirSync(staged, { recursive: true });
const packages = new Set([
  ...(await bundleProgram({ root, outdir: staged })),
  ...(await bundleThreads({ root, outdir: join(staged, 'threads') })),
]);
for (const file of plainFiles) {
  const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  if (name !== undefined) packages.add(name);
  mkdirSync(join(staged, file, '..'), { recursive: true });
  copyFileSync(join(root, file), join(staged, file));
}
const manifest = { name: 'sensitivity', version, type: 'module' };
writeFileSync(join(staged, 'package.json'), JSON.stringify(manifest));
writeFileSync(join(staged, 'commit'), readFullCommit(root) ?? 'unknown');
writeFileSync(join(dist, 'third-party-licences.txt'), listLicences(root, [...packages, 'node']));

const main = join(staged, 'sensitivity.js');
const assets = filesBelow(staged).filter((path) => path !== main);
const config = {
  main,
  mainFormat: 'module',
  output: unfinished,
  disableExperimentalSEAWarning: true,
  useVfs: true,
  execArgv: ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning'],
  // Of Node's own options only those take effect that `up` gives its children.
  execArgvExtension: 'cli',
  assets: Object.fromEntries(
    assets.map((path) => [relative(staged, path).replaceAll('\\', '/'), path]),
  ),
};
const configFile = join(dist, 'executable.json');
writeFileSync(configFile, JSON.stringify(config));
execFileSync(process.execPath, ['--build-sea', configFile], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (process.platform === 'linux' && !dropLibatomic(unfinished)) {
  process.stderr.write('the executable needs libatomic (libatomic1 in Debian)\n');
}
renameSync(unfinished, output);
rmSync(configFile);
rmSync(staged, { recursive: true });
process.stdout.write(
  `${relative(root, output)}: ${Math.round(statSync(output).size / 1e6)} MB, ${assets.length + 1} files inside, commit ${readCommit()}\n`,
);

function filesBelow(folder: string): string[] {
  return readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => (folder.startsWith('/') ? path : relative(root, path)))
    .sort();
}

/** The name better-sqlite3 gives its addon for this platform. */
function sqliteTarget(): string {
  const header = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const isMusl = process.platform === 'linux' && header.header?.glibcVersionRuntime === undefined;
  return `${process.platform}${isMusl ? 'musl' : ''}-${process.arch}`;
}
