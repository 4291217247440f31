import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

/**
 * Lists the licence of each package, by name, as the packages carry them.
 *
 * @throws {Error} when one is for development only, or carries no licence at all.
 */
export function listLicences(root: string, packages: readonly string[]): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  return [...new Set(packages)]
    .sort()
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      if (lock.packages[`node_modules/${name}`]?.dev === true) {
        throw new Error(`${name} is for development only and must not be in the executable`);
      }
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        version: string;
        license?: string;
      };
      const file = readdirSync(folder).find((path) => /^licen[cs]e(\.|$)/i.test(path));
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
      if (text === '' && manifest.license === undefined) throw new Error(`${name} has no licence`);
      const head = `${name} ${manifest.version} (${manifest.license ?? 'see below'})`;
      return `${head}\n${'='.repeat(head.length)}\n\n${text}\n`;
    })
    .join('\n\n');
}
