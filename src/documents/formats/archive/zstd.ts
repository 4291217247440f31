import { createZstdDecompress } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { type Reader, UnreadableError } from '../../reader.ts';
import { ByteCursor } from './byte-cursor.ts';
import { expandNext } from './inflate.ts';
import { readContent } from './inner-content.ts';

/** Zstandard (RFC 8878) with any number of frames, which are one content. */
export const readZstd: Reader = async (source, sink, { budget }) => {
  await readContent(expandZstd(source.stream(), budget), sink);
};

/**
 * Expands all frames.
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export async function* expandZstd(
  bytes: AsyncIterable<Uint8Array>,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const cursor = new ByteCursor(bytes);
  try {
    yield* expandNext(createZstdDecompress(), cursor, budget);
    if ((await cursor.peek()).length > 0) throw new UnreadableError('corrupt');
  } finally {
    await cursor.close();
  }
}
