import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors as pureCompressors } from 'hyparquet-compressors';

/**
 * Decompressors by codec (parquet-format, Compression.md), none of which gives more than a page says
 * it has: the page's size is held to the budget before.
 */
export const compressors: Compressors = {
  ...pureCompressors,
  GZIP: (input, outputLength) => gunzipSync(input, { maxOutputLength: most(outputLength) }),
  BROTLI: (input, outputLength) =>
    brotliDecompressSync(input, { maxOutputLength: most(outputLength) }),
  ZSTD: (input, outputLength) => zstdDecompressSync(input, { maxOutputLength: most(outputLength) }),
};

function most(outputLength: number): number {
  return Math.max(1, outputLength);
}
