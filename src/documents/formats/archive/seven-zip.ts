import { crc32 } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Problem, type Reader, UnreadableError } from '../../reader.ts';
import { ByteCursor } from './byte-cursor.ts';
import { EntryNames } from './entry-names.ts';
import { whileHeld } from './held-archive.ts';
import { SevenZipBytes } from './seven-zip-bytes.ts';
import { expandFolder } from './seven-zip-folder.ts';
import {
  readSevenZipHeader,
  type SevenZipFolder,
  type SevenZipHeader,
  type SevenZipPart,
  type SevenZipStreams,
} from './seven-zip-header.ts';

const signatureBytes = 32;
/** Headers that are packed, in a header that is packed. */
const mostHeaders = 4;
const mostHeaderBytes = 67_108_864;

/** 7z (7zFormat.txt of the public-domain LZMA SDK): names, then each file of each folder. */
export const readSevenZip: Reader = async (source, sink, { budget }) => {
  const bytes = await source.readAll();
  const { streams, files } = await readHeaders(bytes, budget);
  const most = budget.limits.entries;
  if (files.length > most) sink.miss('too_many');
  const names = new EntryNames(sink);
  const read = files.slice(0, most);
  for (const { name } of read) names.add(name);
  names.flush();
  for (const { name, hasPart, isDirectory } of read) {
    if (!hasPart && !isDirectory) await sink.readInner(name, new Uint8Array(0));
  }
  const withParts = read.filter(({ hasPart }) => hasPart).map(({ name }) => name);
  await whileHeld(bytes, budget, async () => {
    let packedAt = 0;
    let nameAt = 0;
    for (const folder of streams.folders) {
      const packed = findPacked(bytes, streams, packedAt);
      const folderNames = withParts.slice(nameAt, nameAt + folder.parts.length);
      await new FolderReading(sink, budget).read(folder, packed, folderNames);
      packedAt += folder.packedInputs.length;
      nameAt += folder.parts.length;
    }
    if (files.length <= most && nameAt !== withParts.length) sink.miss('corrupt');
  });
};

async function readHeaders(bytes: Uint8Array, budget: ReadBudget): Promise<SevenZipHeader> {
  const start = new SevenZipBytes(bytes.subarray(0, signatureBytes));
  start.readBytes(8);
  if (start.readUint32() !== crc32(bytes.subarray(12, signatureBytes))) {
    throw new UnreadableError('corrupt');
  }
  const offset = signatureBytes + start.readUint64();
  const size = start.readUint64();
  const crc = start.readUint32();
  if (size === 0 && bytes.length === signatureBytes) {
    return { streams: { packed: [], folders: [] }, files: [] };
  }
  if (size > mostHeaderBytes) throw new UnreadableError('too_large');
  let header = bytes.subarray(offset, offset + size);
  if (crc32(header) !== crc) throw new UnreadableError('corrupt');
  for (let tries = 0; tries < mostHeaders; tries++) {
    const read = readSevenZipHeader(header, budget.limits.entries + 1);
    if ('files' in read) return read;
    header = await expandHeader(bytes, read, budget);
  }
  throw new UnreadableError('corrupt');
}

/** A header that is packed is the only part of its only folder. */
async function expandHeader(
  bytes: Uint8Array,
  streams: SevenZipStreams,
  budget: ReadBudget,
): Promise<Uint8Array> {
  const [folder] = streams.folders;
  const [part] = folder?.parts ?? [];
  if (folder === undefined || part === undefined) throw new UnreadableError('corrupt');
  if (part.size > mostHeaderBytes) throw new UnreadableError('too_large');
  const expanded = expandFolder(folder, findPacked(bytes, streams, 0), budget);
  const header = await new ByteCursor(expanded).readExactly(part.size);
  if (part.crc !== undefined && crc32(header) !== part.crc) throw new UnreadableError('corrupt');
  return header;
}

/** A packed stream, as far as it is there. */
function findPacked(bytes: Uint8Array, { packed }: SevenZipStreams, index: number): Uint8Array {
  const { offset, size } = packed[index] ?? { offset: 0, size: 0 };
  return bytes.subarray(signatureBytes + offset, signatureBytes + offset + size);
}

/** Reads the files of one folder; behind a fault, none of it can be read any more. */
class FolderReading {
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  #problem: Problem = 'corrupt';

  constructor(sink: DocumentSink, budget: ReadBudget) {
    this.#sink = sink;
    this.#budget = budget;
  }

  async read(folder: SevenZipFolder, packed: Uint8Array, names: readonly string[]): Promise<void> {
    const cursor = new ByteCursor(this.#expand(folder, packed));
    try {
      let end = 0;
      for (const [at, name] of names.entries()) {
        this.#budget.checkTime();
        const part = folder.parts[at];
        const isThere = part !== undefined && (await this.#skipTo(cursor, end));
        const content = isThere ? streamPart(cursor, part) : fail(this.#problem);
        await this.#sink.readInner(name, content);
        end += part?.size ?? 0;
      }
    } finally {
      await cursor.close();
    }
  }

  async #skipTo(cursor: ByteCursor, end: number): Promise<boolean> {
    try {
      return await cursor.skipTo(end);
    } catch {
      return false;
    }
  }

  /** Remembers what is wrong for the files behind. */
  async *#expand(folder: SevenZipFolder, packed: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      yield* expandFolder(folder, packed, this.#budget);
    } catch (error) {
      if (error instanceof UnreadableError) this.#problem = error.problem;
      throw error;
    }
  }
}

async function* streamPart(cursor: ByteCursor, part: SevenZipPart): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for await (const piece of cursor.stream(part.size)) {
    crc = crc32(piece, crc);
    yield piece;
  }
  if (part.crc !== undefined && part.crc !== crc) throw new UnreadableError('corrupt');
}

async function* fail(problem: Problem): AsyncGenerator<Uint8Array> {
  yield* [];
  throw new UnreadableError(problem);
}
