/**
 * Lists the files inside an executable with their sizes, as the executable itself has them, and
 * fails when one does not belong there: a test, a source map, a source, a package for development.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [path = 'dist/sensitivity'] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '..');

const script = `
import { getAssetKeys, getRawAsset } from 'node:sea';
for (const key of getAssetKeys()) console.log(getRawAsset(key).byteLength + '\\t' + key);
process.exit();
`;
const option = `--import=data:text/javascript,${encodeURIComponent(script)}`;
const listed = execFileSync(resolve(path), [`--node-options=${option}`], { encoding: 'utf8' });

const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { dev?: boolean }>;
};
const stray = listed
  .trim()
  .split('\n')
  .map((line) => line.split('\t')[1] ?? '')
  .filter((name) => isStray(name));
process.stdout.write(listed);
for (const name of stray) process.stdout.write(`${name} does not belong there\n`);
process.exitCode = stray.length > 0 ? 1 : 0;

function isStray(name: string): boolean {
  const owner = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(name)?.[0];
  const isForDevelopment = owner !== undefined && packages[owner]?.dev !== undefined;
  return isForDevelopment || /\.(map|ts)$|(^|\/)(test|tests|bench|__tests__)\//.test(name);
}
