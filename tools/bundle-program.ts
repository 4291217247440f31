import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { recogniserFiles } from '../src/documents/formats/image/recogniser-files.ts';

export interface BundleOptions {
  root: string;
  outdir: string;
}

/** Loaded as packages, not bundled: they find their own files from where they are. */
const external = ['better-sqlite3', 'piscina'];

/** What threads begin with; their names are all different, for they end up in one folder. */
const threadEntries = ['src/roles/worker/scan-thread.ts', 'src/cli/scan/batch-thread.ts'];

/** What the command line loads from among the code of threads, to have its readers once. */
const sharedEntry = 'src/documents/read-document.ts';

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

/** Packages in CommonJS ask for Node's own modules by `require`, which modules lack. */
const banner = {
  js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
};

const roles = ['auth', 'beat', 'file', 'worker'];

/** In the command line's modules a role is a file beside them. */
const rolesApart: Plugin = {
  name: 'roles-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/roles\/\w+\/main\.ts$/ }, ({ path }) => {
      return { path: `./role-${path.split('/').at(-2)}.js`, external: true };
    });
  },
};

/** In the command line's modules the readers of documents are those of the threads. */
const readersApart: Plugin = {
  name: 'readers-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /(?:^|\/)read-document\.ts$/ }, () => {
      return { path: './threads/read-document.mjs', external: true };
    });
  },
};

/**
 * Bundles the program: the command line as modules, in which what the sources load lazily is apart,
 * and each role as one. (Among modules that share code the order would be lost in which one package
 * extends another.)
 *
 * @returns the packages that are in it.
 */
export async function bundleProgram({ root, outdir }: BundleOptions): Promise<string[]> {
  const modules = {
    ...common,
    absWorkingDir: root,
    outdir,
    format: 'esm',
    external,
    banner,
  } as const satisfies BuildOptions;
  const commandLine = await build({
    ...modules,
    entryPoints: [join(root, 'bin/sensitivity.ts')],
    splitting: true,
    plugins: [rolesApart, readersApart],
  });
  const packages = packagesIn(commandLine.metafile);
  for (const role of roles) {
    const { metafile } = await build({
      ...modules,
      entryPoints: [{ in: join(root, `src/roles/${role}/main.ts`), out: `role-${role}` }],
    });
    packages.push(...packagesIn(metafile));
  }
  return packages;
}

/**
 * Bundles what threads load, each file whole, and the pool that starts them; beside them is what
 * recognises text, which is found there as files.
 */
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
    entryPoints: [...threadEntries, sharedEntry].map((path) => join(root, path)),
    outbase: root,
    entryNames: '[name]',
    outdir,
    format: 'esm',
    // What a format needs is apart, and loaded when a document of it comes.
    splitting: true,
    outExtension: { '.js': '.mjs' },
    banner,
  });
  for (const { path, name } of Object.values(recogniserFiles)) {
    const bytes = readFileSync(join(root, 'node_modules', path));
    const plain = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    writeFileSync(join(outdir, name), name.endsWith('.br') ? brotliCompressSync(plain) : plain);
  }
  return [
    ...packagesIn(pool.metafile),
    ...packagesIn(scans.metafile),
    'tesseract.js-core',
    '@tesseract.js-data/eng',
  ];
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
