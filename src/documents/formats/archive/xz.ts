import { crc32 } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { type Reader, UnreadableError } from '../../reader.ts';
import { type Unfilter, unbranchX86, undelta } from './branch-filters.ts';
import { ByteCursor } from './byte-cursor.ts';
import { readContent } from './inner-content.ts';
import { expandLzma2, readLzma2Dictionary } from './lzma.ts';
import { createXzCheck, xzCheckBytes } from './xz-check.ts';

const magic = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0);
const lzma2Filter = 0x21;
const deltaFilter = 0x03;
const x86Filter = 0x04;
const headerBytes = 12;
const footerBytes = 12;
const mostFilters = 4;

/** XZ with any number of streams behind each other, which are one content. */
export const readXz: Reader = async (source, sink, { budget }) => {
  await readContent(expandXz(source.stream(), budget), sink);
};

/**
 * Expands all streams (The .xz File Format 1.2.1).
 *
 * @throws {UnreadableError} `corrupt`, `unsupported:xz-filter-…`, or the limit that was reached.
 */
export async function* expandXz(
  bytes: AsyncIterable<Uint8Array>,
  budget: ReadBudget,
): AsyncGenerator<Uint8Array> {
  const cursor = new ByteCursor(bytes);
  try {
    do {
      yield* expandStream(cursor, budget);
    } while (await hasStream(cursor));
  } finally {
    await cursor.close();
  }
}

/** Whether another stream follows, behind padding by zeros. */
async function hasStream(cursor: ByteCursor): Promise<boolean> {
  for (;;) {
    const next = await cursor.peek();
    if (next.length === 0) return false;
    if (next[0] !== 0) return true;
    cursor.take(1);
  }
}

async function* expandStream(cursor: ByteCursor, budget: ReadBudget): AsyncGenerator<Uint8Array> {
  const header = await cursor.readExactly(headerBytes);
  const isHeader = header.subarray(0, 6).every((byte, at) => byte === magic[at]);
  if (!isHeader || readUint32(header, 8) !== crc32(header.subarray(6, 8))) {
    throw new UnreadableError('corrupt');
  }
  const checkType = (header[7] as number) & 15;
  const start = cursor.position;
  let out = 0;
  for (let blocks = 0; ; blocks++) {
    budget.checkTime();
    const [size = 0] = await cursor.readExactly(1);
    if (size === 0) {
      await skipIndex(cursor, blocks);
      return;
    }
    for await (const piece of expandBlock(cursor, { headerSize: size, checkType, budget })) {
      out += piece.length;
      yield piece;
    }
    // Many blocks could be a bomb together, each below its limit.
    budget.checkRatio(cursor.position - start, out);
  }
}

async function* expandBlock(
  cursor: ByteCursor,
  { headerSize, checkType, budget }: { headerSize: number; checkType: number; budget: ReadBudget },
): AsyncGenerator<Uint8Array> {
  const header = new Uint8Array((headerSize + 1) * 4);
  header[0] = headerSize;
  header.set(await cursor.readExactly(header.length - 1), 1);
  const { dictionaryBytes, unfilters } = await readFilters(header);
  const start = cursor.position;
  let pieces: AsyncIterable<Uint8Array> = expandLzma2(cursor, dictionaryBytes, budget);
  for (const unfilter of unfilters) pieces = unfilter(pieces);
  const check = createXzCheck(checkType);
  for await (const piece of pieces) {
    check.update(piece);
    yield piece;
  }
  await cursor.readExactly((4 - ((cursor.position - start) % 4)) % 4);
  const told = await cursor.readExactly(xzCheckBytes(checkType));
  const isRight = check.digest().every((byte, at) => byte === told[at]);
  if (!isRight) throw new UnreadableError('corrupt');
}

/** The block header's filters (3.1), those to undo after LZMA2 in order. */
async function readFilters(
  header: Uint8Array,
): Promise<{ dictionaryBytes: number; unfilters: Unfilter[] }> {
  const end = header.length - 4;
  if (readUint32(header, end) !== crc32(header.subarray(0, end))) {
    throw new UnreadableError('corrupt');
  }
  const cursor = new ByteCursor(once(header.subarray(2, end)));
  const flags = header[1] as number;
  if (flags & 0x40) await readNumber(cursor);
  if (flags & 0x80) await readNumber(cursor);
  const unfilters: Unfilter[] = [];
  for (let left = (flags & (mostFilters - 1)) + 1; left > 0; left--) {
    const id = await readNumber(cursor);
    const propertyBytes = await readNumber(cursor);
    if (propertyBytes > header.length) throw new UnreadableError('corrupt');
    const properties = await cursor.readExactly(propertyBytes);
    if (left > 1) {
      unfilters.unshift(findUnfilter(id, properties));
    } else if (id === lzma2Filter) {
      return { dictionaryBytes: readLzma2Dictionary(properties[0]), unfilters };
    }
  }
  throw new UnreadableError('corrupt');
}

function findUnfilter(id: number, properties: Uint8Array): Unfilter {
  if (id === deltaFilter) return undelta(properties);
  if (id === x86Filter && properties.every((byte) => byte === 0)) return unbranchX86;
  throw new UnreadableError(`unsupported:xz-filter-${id}`);
}

/** Passes over index and footer (4); the index must tell of as many blocks as there were. */
async function skipIndex(cursor: ByteCursor, blocks: number): Promise<void> {
  const start = cursor.position - 1;
  const told = await readNumber(cursor);
  if (told !== blocks) throw new UnreadableError('corrupt');
  for (let left = blocks * 2; left > 0; left--) await readNumber(cursor);
  const padding = (4 - ((cursor.position - start) % 4)) % 4;
  await cursor.readExactly(padding + 4 + footerBytes);
}

/** A number in groups of seven bits (1.2). */
async function readNumber(cursor: ByteCursor): Promise<number> {
  let value = 0;
  for (let weight = 1; weight < 2 ** 63; weight *= 128) {
    const [byte = 0] = await cursor.readExactly(1);
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value;
  }
  throw new UnreadableError('corrupt');
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
