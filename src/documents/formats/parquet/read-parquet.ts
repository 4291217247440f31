import {
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  type RowGroup,
} from 'hyparquet';
import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Reader, UnreadableError } from '../../reader.ts';
import { TableWriter } from '../table/table-writer.ts';
import { checkChunk } from './check-chunk.ts';
import { compressors } from './decompress-pages.ts';
import { listLeaves, type SchemaLeaf } from './schema-leaves.ts';
import { walkThrift } from './thrift-walk.ts';

/** Columns that are decoded together take at most so much; a table of more is written in parts. */
const mostTogether = { bytes: 134_217_728, values: 16_777_216 };
/** Before the end of a file: the length of its metadata, and the mark. */
const trailerBytes = 8;
/** Text for each byte of the file: values that repeat take next to nothing in it. */
const mostTextRatio = 1_000;
/** Metadata for programs. */
const technicalKeys: readonly string[] = ['ARROW:schema'];

/**
 * Parquet (parquet-format): a part a row group – the names of the columns, then rows – and one for
 * the metadata that programs leave. Nested values are JSON.
 */
export const readParquet: Reader = async (source, sink, { budget }) => {
  const file = await source.readAll();
  const metadata = readMetadata(file);
  const reading = new ParquetReading(file, metadata, { sink, budget });
  reading.writeMetadata();
  for (const group of metadata.row_groups) await reading.readGroup(group);
};

/** @throws {UnreadableError} `encrypted` or `corrupt`. */
function readMetadata(file: Uint8Array): FileMetaData {
  const mark = Buffer.from(file.subarray(-4)).toString('latin1');
  if (mark === 'PARE') throw new UnreadableError('encrypted');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const lengthAt = file.length - trailerBytes;
  if (mark !== 'PAR1' || lengthAt < 4) throw new UnreadableError('corrupt');
  const length = view.getUint32(lengthAt, true);
  if (length > lengthAt) throw new UnreadableError('corrupt');
  walkThrift(file.subarray(lengthAt - length, lengthAt), 0);
  return parquetMetadata(file, { geoparquet: false });
}

interface ReadingContext {
  sink: DocumentSink;
  budget: ReadBudget;
}

class ParquetReading {
  readonly #file: Uint8Array;
  readonly #metadata: FileMetaData;
  readonly #context: ReadingContext;
  readonly #leaves = new Map<string, SchemaLeaf>();
  readonly #names: readonly string[];
  #characters = 0;

  constructor(file: Uint8Array, metadata: FileMetaData, context: ReadingContext) {
    this.#file = file;
    this.#metadata = metadata;
    this.#context = context;
    const leaves = listLeaves(metadata.schema);
    for (const leaf of leaves) this.#leaves.set(leaf.path.join('\0'), leaf);
    this.#names = [...new Set(leaves.map(({ path }) => path[0] ?? ''))];
  }

  writeMetadata(): void {
    const { sink } = this.#context;
    const pairs = this.#metadata.key_value_metadata ?? [];
    const lines = pairs
      .filter(({ key, value }) => value && !technicalKeys.includes(key))
      .map(({ key, value }) => `${key}: ${value}\n`);
    if (lines.length === 0) return;
    sink.startPart({ section: 'metadata' });
    for (const line of lines) sink.write(line);
  }

  async readGroup(group: RowGroup): Promise<void> {
    for (const names of this.#planColumns(group)) {
      this.#context.budget.checkTime();
      await this.#readColumns(group, names);
    }
  }

  /** Which columns to decode together; those that cannot be are missed. */
  #planColumns(group: RowGroup): string[][] {
    const { sink } = this.#context;
    const sizes = new Map<string, { bytes: number; values: number }>();
    const broken = new Set<string>();
    for (const { meta_data: chunk } of group.columns) {
      const name = chunk?.path_in_schema[0] ?? '';
      const size = sizes.get(name) ?? { bytes: 0, values: 0 };
      try {
        if (chunk === undefined) throw new UnreadableError('encrypted');
        const more = this.#checkChunk(chunk);
        sizes.set(name, { bytes: size.bytes + more.bytes, values: size.values + more.values });
      } catch (error) {
        // What is over a limit is so for the whole document.
        if (error instanceof UnreadableError && error.problem !== 'encrypted') throw error;
        sink.miss(error instanceof UnreadableError ? error.problem : 'corrupt');
        broken.add(name);
      }
    }
    const together: string[][] = [];
    let sum = { bytes: Number.POSITIVE_INFINITY, values: 0 };
    for (const name of this.#names) {
      const size = sizes.get(name);
      if (size === undefined || broken.has(name)) continue;
      sum = { bytes: sum.bytes + size.bytes, values: sum.values + size.values };
      if (sum.bytes > mostTogether.bytes || sum.values > mostTogether.values) {
        together.push([]);
        sum = size;
      }
      together.at(-1)?.push(name);
    }
    return together;
  }

  #checkChunk(chunk: ColumnMetaData): { bytes: number; values: number } {
    const leaf = this.#leaves.get(chunk.path_in_schema.join('\0'));
    if (leaf === undefined) throw new RangeError('no such column');
    return checkChunk(this.#file, chunk, { leaf, budget: this.#context.budget });
  }

  async #readColumns(group: RowGroup, names: readonly string[]): Promise<void> {
    const { sink, budget } = this.#context;
    const columns: ColumnValues[] = [];
    for (const name of names) {
      budget.checkTime();
      try {
        columns.push(await this.#readColumn(group, name));
      } catch {
        sink.miss('corrupt');
      }
    }
    const rows = Math.max(0, ...columns.map(({ length }) => length));
    if (columns.some(({ length }) => length !== rows) || rows !== Number(group.num_rows)) {
      sink.miss('corrupt');
    }
    const read = columns.map(({ name }) => name);
    const writer = new TableWriter(sink, { location: {}, columns: read, budget });
    for (let row = 0; row < rows; row++) {
      const before = writer.characters;
      await writer.writeRow(columns.map((column) => column.next()));
      this.#characters += writer.characters - before;
      if (this.#characters > 1_048_576 + mostTextRatio * this.#file.length) {
        throw new UnreadableError('ratio');
      }
    }
    await writer.finish();
    if (writer.hasBinary) sink.miss('binary_data');
  }

  async #readColumn(group: RowGroup, name: string): Promise<ColumnValues> {
    const values = new ColumnValues(name);
    await parquetRead({
      file: {
        byteLength: this.#file.length,
        slice: (from, to) => Uint8Array.from(this.#file.subarray(from, to)).buffer,
      },
      metadata: { ...this.#metadata, row_groups: [group], num_rows: group.num_rows },
      columns: [name],
      compressors,
      onChunk: ({ columnData }) => values.add(columnData),
      // Bytes are told by what they are, and what is structured is text to begin with.
      utf8: false,
      geoparquet: false,
      parsers: {
        jsonFromBytes: asText,
        geometryFromBytes: asIs,
        geographyFromBytes: asIs,
      },
    });
    return values;
  }
}

/** The values of a column, page by page, taken one after the other. */
class ColumnValues {
  readonly name: string;
  readonly #pages: ArrayLike<unknown>[] = [];
  #page = 0;
  #index = 0;
  length = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(page: ArrayLike<unknown>): void {
    this.#pages.push(page);
    this.length += page.length;
  }

  next(): unknown {
    for (let page = this.#pages[this.#page]; page !== undefined; page = this.#pages[this.#page]) {
      if (this.#index < page.length) return page[this.#index++];
      this.#page += 1;
      this.#index = 0;
    }
    return undefined;
  }
}

function asText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function asIs(bytes: Uint8Array): Uint8Array {
  return bytes;
}
