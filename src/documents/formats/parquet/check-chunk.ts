import type { ColumnMetaData } from 'hyparquet';
import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { checkDelta, checkHybrid, measureDeltaStrings } from './check-encodings.ts';
import { compressors } from './decompress-pages.ts';
import type { SchemaLeaf } from './schema-leaves.ts';
import { type ThriftNumbers, walkThrift } from './thrift-walk.ts';

export interface ChunkContext {
  leaf: SchemaLeaf;
  budget: ReadBudget;
}

/** What a column chunk takes when it is decoded. */
export interface ChunkSize {
  bytes: number;
  values: number;
}

/** Fields of a page header (parquet.thrift, `PageHeader`), and numbers of its enumerations. */
const pageTypes = { data: 0, dictionary: 2, dataV2: 3 } as const;
const encodings = {
  plainDictionary: 2,
  hybrid: 3,
  delta: 5,
  deltaLength: 6,
  deltaStrings: 7,
  dictionary: 8,
} as const;

/** The bytes of the file that a column chunk takes. @throws {RangeError} when they are not there. */
function chunkRange(file: Uint8Array, chunk: ColumnMetaData): { from: number; to: number } {
  const from = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const to = from + Number(chunk.total_compressed_size);
  if (!(from >= 4 && to >= from && to <= file.length)) throw new RangeError('chunk outside');
  return { from, to };
}

/**
 * Goes over the pages of a column chunk before the library decodes them: what they claim to hold is
 * within the budget, and how they are encoded lets nothing be written or read without end.
 *
 * @throws {UnreadableError} when a limit is reached, {RangeError} when something is broken.
 */
export function checkChunk(
  file: Uint8Array,
  chunk: ColumnMetaData,
  { leaf, budget }: ChunkContext,
): ChunkSize {
  const { from, to } = chunkRange(file, chunk);
  const bytes = file.subarray(from, to);
  const size: ChunkSize = { bytes: 0, values: 0 };
  for (let at = 0; at < bytes.length - 1; ) {
    budget.checkTime();
    const header: ThriftNumbers = new Map();
    const dataAt = walkThrift(bytes, at, header);
    const packed = header.get('3') ?? -1;
    const unpacked = header.get('2') ?? -1;
    if (packed < 0 || unpacked < 0 || dataAt + packed > bytes.length) {
      throw new RangeError('page outside');
    }
    size.bytes += unpacked;
    budget.takeExpanded(unpacked);
    budget.checkHeld(size.bytes);
    budget.checkRatio(bytes.length, size.bytes);
    const page = new Page(header, { leaf, codec: chunk.codec, budget });
    page.check(bytes.subarray(dataAt, dataAt + packed), unpacked);
    size.values += page.values;
    budget.checkHeld(size.values * 8);
    at = dataAt + packed;
  }
  return size;
}

class Page {
  readonly #header: ThriftNumbers;
  readonly #context: ChunkContext & { codec: ColumnMetaData['codec'] };
  /** Repeated and missing ones included. */
  readonly values: number;

  constructor(header: ThriftNumbers, context: ChunkContext & { codec: ColumnMetaData['codec'] }) {
    this.#header = header;
    this.#context = context;
    this.values = header.get('5.1') ?? header.get('7.1') ?? header.get('8.1') ?? 0;
    if (this.values < 0) throw new RangeError('wrong number of values');
    context.budget.checkHeld(this.values * 8);
  }

  check(packed: Uint8Array, unpacked: number): void {
    const type = this.#header.get('1');
    if (type === pageTypes.dictionary) {
      // Every value takes a bit at least, and only truth values so few.
      if (this.values > unpacked * 8) throw new RangeError('too many values');
    } else if (type === pageTypes.data) {
      this.#checkData(this.#unpack(packed, unpacked));
    } else if (type === pageTypes.dataV2) {
      this.#checkDataV2(packed, unpacked);
    }
  }

  #unpack(packed: Uint8Array, unpacked: number): Uint8Array {
    const { codec } = this.#context;
    if (codec === 'UNCOMPRESSED') return packed;
    const decompress = compressors[codec];
    if (decompress === undefined) throw new UnreadableError('unsupported:parquet_codec');
    return decompress(packed, unpacked);
  }

  #checkData(page: Uint8Array): void {
    const { mostRepetition, mostDefinition } = this.#context.leaf;
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    let at = 0;
    for (const most of [mostRepetition, mostDefinition]) {
      if (most === 0) continue;
      const length = view.getUint32(at, true);
      checkHybrid({ bytes: page, at: at + 4, values: this.values }, widthOf(most));
      at += 4 + length;
    }
    this.#checkValues(page, at, this.#header.get('5.2'));
  }

  #checkDataV2(packed: Uint8Array, unpacked: number): void {
    const { mostRepetition, mostDefinition } = this.#context.leaf;
    const definitions = this.#header.get('8.5') ?? 0;
    const repetitions = this.#header.get('8.6') ?? 0;
    const levels = definitions + repetitions;
    if (definitions < 0 || repetitions < 0 || levels > Math.min(packed.length, unpacked)) {
      throw new RangeError('wrong levels');
    }
    const { values } = this;
    if (mostRepetition > 0) checkHybrid({ bytes: packed, at: 0, values }, widthOf(mostRepetition));
    if (mostDefinition > 0) {
      checkHybrid({ bytes: packed, at: repetitions, values }, widthOf(mostDefinition));
    }
    const nulls = this.#header.get('8.2') ?? 0;
    if (nulls < 0 || nulls > values) throw new RangeError('wrong number of values');
    const data = packed.subarray(levels);
    const page = this.#header.get('8.7') === 0 ? data : this.#unpack(data, unpacked - levels);
    this.#checkValues(page, 0, this.#header.get('8.4'));
  }

  #checkValues(bytes: Uint8Array, at: number, encoding: number | undefined): void {
    const { leaf, budget } = this.#context;
    const { values } = this;
    const encoded = { bytes, at, values };
    if (encoding === encodings.hybrid && leaf.element.type === 'BOOLEAN') {
      // Of a known width, with a length before it.
      checkHybrid({ bytes, at: at + 4, values }, 1);
    } else if (
      encoding === encodings.plainDictionary ||
      encoding === encodings.dictionary ||
      encoding === encodings.hybrid
    ) {
      checkHybrid({ bytes, at: at + 1, values }, bytes[at] ?? 0);
    } else if (encoding === encodings.delta || encoding === encodings.deltaLength) {
      checkDelta(encoded);
    } else if (encoding === encodings.deltaStrings) {
      budget.takeExpanded(measureDeltaStrings(encoded));
    }
  }
}

function widthOf(most: number): number {
  return 32 - Math.clz32(most);
}
