import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** Where a file is: its package from source, a name of its own beside the code in the executable. */
interface ShippedFile {
  path: string;
  name: string;
}

/** What recognising takes; also what the build puts beside the code of threads. */
export const recogniserFiles = {
  core: {
    path: 'tesseract.js-core/tesseract-core-simd-lstm.js',
    name: 'tesseract-core-simd-lstm.js',
  },
  wasm: {
    path: 'tesseract.js-core/tesseract-core-simd-lstm.wasm',
    name: 'tesseract-core-simd-lstm.wasm.br',
  },
  english: {
    path: '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
    name: 'eng.traineddata.br',
  },
} as const satisfies Record<string, ShippedFile>;

/**
 * Finds a file. In the executable a thread's code lies beside it, and that of the main thread beside
 * the folder `threads`.
 *
 * @throws {Error} when it is nowhere.
 */
export function findRecogniserFile({ path, name }: ShippedFile): string {
  const here = import.meta.dirname;
  const shipped = [join(here, name), join(here, 'threads', name)].find((file) => existsSync(file));
  return shipped ?? createRequire(import.meta.url).resolve(path);
}

/** Reads a file, expanded. @throws {Error} when it is nowhere. */
export function readRecogniserFile(file: ShippedFile): Uint8Array<ArrayBuffer> {
  const path = findRecogniserFile(file);
  const bytes = readFileSync(path);
  if (path.endsWith('.br')) return new Uint8Array(brotliDecompressSync(bytes));
  return new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}
