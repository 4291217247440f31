import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

export interface BundleOptions {
  root: string;
  outdir: string;
}

/** Loaded as packages, not bundled: they find their own files from where they are. */
const external = ['better-sqlite3', 'piscina'];

const common = {
  bundle: true,
  platform: 'node',
  target: 'node26',
  // Names stay: stack traces are read by people.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles the program as modules; what the sources load lazily is in modules of its own.
 *
 * @returns the packages that are in it.
 */
export async function bundleProgram({ root, outdir }: BundleOptions): Promise<string[]> {
  const { metafile } = await build({
    ...common,
    entryPoints: [join(root, 'bin/sensitivity.ts')],
    absWorkingDir: root,
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: 'app/[name]-[hash]',
    external,
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  });
  return packagesIn(metafile);
}

/** Bundles what threads load, each file whole, and the pool that starts them. */
export async function bundleThreads({ root, outdir }: BundleOptions): Promise<string[]> {
  const piscina = join(root, 'node_modules/piscina/dist');
  const pool = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [
      { in: join(piscina, 'main.js'), out: 'piscina' },
      { in: join(piscina, 'worker.js'), out: 'worker' },
    ],
    outdir,
    format: 'cjs',
    // Only for threads of another priority, which ours do not have.
    external: ['@napi-rs/nice'],
  });
  // Wherever the folder is put, nothing above it decides what its files are.
  writeFileSync(join(outdir, 'package.json'), '{"type":"commonjs"}');
  const scans = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [join(root, 'src/roles/worker/scan-thread.ts')],
    outdir,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  });
  return [...packagesIn(pool.metafile), ...packagesIn(scans.metafile)];
}

/** @throws {Error} when something is bundled that only development needs. */
function packagesIn({ inputs }: Metafile): string[] {
  const stray = Object.keys(inputs).find((path) => /^(test|bench|tools)\//.test(path));
  if (stray !== undefined) throw new Error(`${stray} is no part of the program`);
  return Object.keys(inputs).flatMap((path) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    return name === undefined ? [] : [name];
  });
}
