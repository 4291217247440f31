import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { expandBzip2 } from './bzip2.ts';
import { expandLzma } from './lzma.ts';
import { expandXz } from './xz.ts';
import type { ZipEntry } from './zip-headers.ts';
import { expandZstd } from './zstd.ts';

const lzmaHeaderBytes = 4;

/**
 * Expands an entry by a method that is seldom met (APPNOTE.TXT 4.4.5).
 *
 * @throws {UnreadableError} `corrupt`, or the limit that was reached.
 */
export async function* expandByMethod(
  { method, declaredBytes }: ZipEntry,
  data: Uint8Array,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  if (method === 12) yield* expandBzip2(once(data), budget);
  else if (method === 14) yield* expandZipLzma(data, { declaredBytes, budget });
  else if (method === 93) yield* expandZstd(once(data), budget);
  else if (method === 95) yield* expandXz(once(data), budget);
  else throw new UnreadableError('corrupt');
}

/** LZMA behind a header of its own (5.8.8): version, length of the properties, properties. */
function expandZipLzma(
  data: Uint8Array,
  { declaredBytes, budget }: { declaredBytes: number; budget: ReadBudget },
): Generator<Uint8Array> {
  const propertyBytes = (data[2] ?? 0) + (data[3] ?? 0) * 256;
  const start = lzmaHeaderBytes + propertyBytes;
  const properties = data.subarray(lzmaHeaderBytes, start);
  // Without a size there must be a mark at the end.
  const size = declaredBytes === 0 ? undefined : declaredBytes;
  return expandLzma(data.subarray(start), { properties, size }, budget);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
