import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Reader, UnreadableError } from '../../reader.ts';
import { ByteCursor } from './byte-cursor.ts';
import { EntryNames } from './entry-names.ts';
import { readTarHeader, readTarText, type TarHeader, tarBlockBytes } from './tar-header.ts';

/** Long names and pax headers may have so many bytes. */
const mostHeaderBytes = 1_048_576;

/** Links, devices, directories, labels: there is no data, whatever size they tell. */
const bareTypes = /[1-6V]/;

/** What headers before an entry tell of it, instead of its own. */
interface Overrides {
  name?: string;
  linkName?: string;
  size?: number;
  comment?: string;
  isSparse?: boolean;
}

/**
 * TAR in all its dialects: v7, ustar and pax (POSIX.1-2017, pax), GNU (its manual, "Basic Tar
 * Format"). Read from front to back in constant memory; past a broken header it goes on at the next
 * good one.
 */
export const readTar: Reader = async (source, sink, { budget }) => {
  const cursor = new ByteCursor(source.stream());
  const reading = new TarReading(cursor, sink, budget);
  try {
    await reading.read();
  } finally {
    reading.names.flush();
    await cursor.close();
  }
};

class TarReading {
  readonly names: EntryNames;
  readonly #cursor: ByteCursor;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  #entries = 0;
  #globals: Overrides = {};
  #next: Overrides = {};

  constructor(cursor: ByteCursor, sink: DocumentSink, budget: ReadBudget) {
    this.names = new EntryNames(sink);
    this.#cursor = cursor;
    this.#sink = sink;
    this.#budget = budget;
  }

  async read(): Promise<void> {
    for (;;) {
      this.#budget.checkTime();
      const block = await this.#cursor.read(tarBlockBytes);
      // Zeros mark the end, but archives that were put together go on behind them.
      if (block.every((byte) => byte === 0)) {
        if (block.length < tarBlockBytes) return;
        continue;
      }
      const header = readTarHeader(block);
      if (header === undefined) this.#sink.miss('corrupt');
      else await this.#readEntry(header);
    }
  }

  async #readEntry(header: TarHeader): Promise<void> {
    const { type } = header;
    if (type === 'L') {
      this.#next.name = readTarText(await this.#readBlocks(header.size));
    } else if (type === 'K') {
      this.#next.linkName = readTarText(await this.#readBlocks(header.size));
    } else if (type === 'x' || type === 'X') {
      this.#next = { ...this.#next, ...readPax(await this.#readBlocks(header.size)) };
    } else if (type === 'g') {
      this.#globals = { ...this.#globals, ...readPax(await this.#readBlocks(header.size)) };
    } else {
      const overrides = { ...this.#globals, ...this.#next };
      this.#next = {};
      await this.#readFile({ ...header, ...overrides }, overrides);
    }
  }

  async #readFile(header: TarHeader, { comment = '', isSparse }: Overrides): Promise<void> {
    const { name, linkName, size, type } = header;
    this.#entries += 1;
    if (this.#entries > this.#budget.limits.entries) throw new UnreadableError('too_many');
    this.names.add(name, linkName, comment);
    for (let isExtended = header.isExtended; isExtended; ) {
      this.#budget.checkTime();
      isExtended = (await this.#cursor.readExactly(tarBlockBytes))[504] !== 0;
    }
    // Of these, only a part is here; what is here is read.
    if (type === 'S' || isSparse) this.#sink.miss('unsupported:sparse');
    if (type === 'M') this.#sink.miss('unsupported:multi-volume');
    const isDirectory = size === 0 && name.endsWith('/');
    if (bareTypes.test(type) || isDirectory) return;
    const end = this.#cursor.position + paddedBytes(size);
    await this.#sink.readInner(name, this.#cursor.stream(size));
    await this.#skipTo(end);
  }

  async #skipTo(position: number): Promise<void> {
    if (!(await this.#cursor.skipTo(position))) throw new UnreadableError('corrupt');
  }

  /** The data of a header that tells of the next one. */
  async #readBlocks(size: number): Promise<Uint8Array> {
    const end = this.#cursor.position + paddedBytes(size);
    const bytes = await this.#cursor.readExactly(Math.min(size, mostHeaderBytes));
    await this.#skipTo(end);
    if (size > mostHeaderBytes) this.#sink.miss('corrupt');
    return bytes;
  }
}

function paddedBytes(size: number): number {
  return Math.ceil(size / tarBlockBytes) * tarBlockBytes;
}

/** Records `length key=value\n` (POSIX.1-2017 pax, "pax Extended Header"). */
function readPax(bytes: Uint8Array): Overrides {
  const overrides: Overrides = {};
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(readTarText(bytes.subarray(at, at + 10)), 10);
    if (!(length > 3)) break;
    const record = readTarText(bytes.subarray(at, at + length - 1));
    const [, key = '', value = ''] = /^\d+ ([^=]*)=(.*)$/s.exec(record) ?? [];
    setOverride(overrides, key, value);
    at += length;
  }
  return overrides;
}

function setOverride(overrides: Overrides, key: string, value: string): void {
  const size = Number(value);
  // Of a sparse file, `path` is a made-up one.
  if (key === 'GNU.sparse.name') overrides.name = value;
  else if (key === 'path') overrides.name ??= value;
  else if (key === 'linkpath') overrides.linkName = value;
  else if (key === 'comment') overrides.comment = value;
  else if (key === 'size' && Number.isSafeInteger(size) && size >= 0) overrides.size = size;
  if (key.startsWith('GNU.sparse.')) overrides.isSparse = true;
}
