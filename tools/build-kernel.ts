import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Compiles the engine's kernel to WebAssembly and writes it as text into a module, so that it needs
 * no step at run time and no file beside the program. With `--check` it writes nothing and fails
 * when the module is not what the sources compile to.
 */

const home = 'src/engine/kernel';
const target = join(home, 'kernel-code.ts');
/** Below this address the compiler may place data; the host lays out the rest, see `kernel.ts`. */
const memoryBase = '1024';

const options = [
  join(home, 'assembly/index.ts'),
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ...['--importMemory', '--memoryBase', memoryBase],
];

const code = `/** WebAssembly made from \`assembly/\` by \`npm run kernel\`, in base64. */
export const kernelCode =
  '${compile().toString('base64')}';
`;

if (!process.argv.includes('--check')) writeFileSync(target, code);
else if (readFileSync(target, 'utf8') !== code) {
  process.stderr.write(`${target} is not what its sources compile to: run "npm run kernel"\n`);
  process.exitCode = 1;
}

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  try {
    const file = join(folder, 'kernel.wasm');
    const compiler = 'node_modules/assemblyscript/bin/asc.js';
    const all = [compiler, ...options, '--outFile', file];
    const { status } = spawnSync(process.execPath, all, { stdio: 'inherit' });
    if (status !== 0) throw new Error('the kernel does not compile');
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
