/** A value of Thrift's compact protocol: the number of its type, and its bytes. */
interface ThriftValue {
  type: number;
  bytes: Buffer;
}

export function int32(value: number): ThriftValue {
  return { type: 5, bytes: varInt(BigInt(value) * 2n) };
}

function int64(value: number): ThriftValue {
  return { ...int32(value), type: 6 };
}

export function text(value: string): ThriftValue {
  const bytes = Buffer.from(value);
  return { type: 8, bytes: Buffer.concat([varInt(BigInt(bytes.length)), bytes]) };
}

export function list(values: readonly ThriftValue[], type = values[0]?.type ?? 12): ThriftValue {
  const size = Buffer.concat([Buffer.of(0xf0 | type), varInt(BigInt(values.length))]);
  return { type: 9, bytes: Buffer.concat([size, ...values.map(({ bytes }) => bytes)]) };
}

export function struct(fields: Readonly<Record<number, ThriftValue>>): ThriftValue {
  const pieces: Buffer[] = [];
  let before = 0;
  for (const [id, { type, bytes }] of Object.entries(fields)) {
    pieces.push(Buffer.of(((Number(id) - before) << 4) | type), bytes);
    before = Number(id);
  }
  return { type: 12, bytes: Buffer.concat([...pieces, Buffer.of(0)]) };
}

export function varInt(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.of(...bytes, Number(rest));
}

export interface Page {
  data: Uint8Array;
  values: number;
  /** 0 is plain, 8 is by dictionary, 5 and 7 are by difference. */
  encoding?: number;
  isDictionary?: boolean;
  /** What the header says that it has when it is decompressed. */
  unpacked?: number;
}

export interface Column {
  name: string;
  /** 1 is a whole number, 2 a long one, 6 are bytes. */
  type: number;
  /** Whether bytes are text. */
  isText?: boolean;
  /** 0 is required, 1 optional. */
  repetition?: number;
  codec?: number;
  pages: readonly Page[];
}

export interface ParquetOptions {
  rows: number;
  keyValues?: Readonly<Record<string, string>>;
}

/** A Parquet file of one row group. */
export function buildParquet(
  columns: readonly Column[],
  { rows, keyValues }: ParquetOptions,
): Buffer {
  const pieces: Buffer[] = [Buffer.from('PAR1')];
  let at = 4;
  const chunks = columns.map((column) => {
    const { bytes, unpacked } = buildPages(column.pages);
    const from = at;
    pieces.push(bytes);
    at += bytes.length;
    return describeChunk(column, { from, bytes: bytes.length, unpacked });
  });
  const pairs = Object.entries(keyValues ?? {});
  const metadata = struct({
    1: int32(1),
    2: list([struct({ 4: text('schema'), 5: int32(columns.length) }), ...columns.map(describe)]),
    3: int64(rows),
    4: list([struct({ 1: list(chunks), 2: int64(at), 3: int64(rows) })]),
    5: list(pairs.map(([key, value]) => struct({ 1: text(key), 2: text(value) }))),
  });
  return closeParquet(Buffer.concat(pieces), metadata.bytes);
}

/** Adds metadata and what says how long it is. */
export function closeParquet(start: Buffer, metadata: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([start, metadata, length, Buffer.from('PAR1')]);
}

function describe({ name, type, isText = false, repetition = 0 }: Column): ThriftValue {
  const fields = { 1: int32(type), 3: int32(repetition), 4: text(name) };
  return struct(isText ? { ...fields, 6: int32(0) } : fields);
}

function describeChunk(
  { name, type, codec = 0, pages }: Column,
  { from, bytes, unpacked }: { from: number; bytes: number; unpacked: number },
): ThriftValue {
  const values = pages.reduce((sum, page) => sum + (page.isDictionary ? 0 : page.values), 0);
  return struct({
    2: int64(from),
    3: struct({
      1: int32(type),
      2: list([int32(0)]),
      3: list([text(name)]),
      4: int32(codec),
      5: int64(values),
      6: int64(unpacked),
      7: int64(bytes),
      9: int64(from),
    }),
  });
}

function buildPages(pages: readonly Page[]): { bytes: Buffer; unpacked: number } {
  const pieces: Buffer[] = [];
  let unpackedBytes = 0;
  for (const { data, values, encoding = 0, isDictionary = false, unpacked } of pages) {
    const numbers = struct({ 1: int32(values), 2: int32(encoding), 3: int32(3), 4: int32(3) });
    const sizes = {
      1: int32(isDictionary ? 2 : 0),
      2: int32(unpacked ?? data.length),
      3: int32(data.length),
    };
    const header = struct(isDictionary ? { ...sizes, 7: numbers } : { ...sizes, 5: numbers });
    pieces.push(header.bytes, Buffer.from(data));
    unpackedBytes += unpacked ?? data.length;
  }
  return { bytes: Buffer.concat(pieces), unpacked: unpackedBytes };
}

export function plainTexts(values: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value as string);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

export function plainLongs(values: readonly bigint[]): Buffer {
  return Buffer.from(BigInt64Array.from(values).buffer);
}

/** A run of one value in a hybrid, a byte wide. */
export function run(count: number, value: number): Buffer {
  return Buffer.concat([varInt(BigInt(count) * 2n), Buffer.of(value)]);
}

/** Levels with their length before them. */
export function levels(...runs: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(runs);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
