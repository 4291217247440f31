import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** Deflated unless told otherwise; what is already packed comes as `packed`. */
  method?: number;
  packed?: Uint8Array;
  flags?: number;
  comment?: string;
  extra?: Uint8Array;
  /** Sizes and CRC stand behind the data only. */
  isDescribed?: boolean;
  /** Sizes and offset stand in extra fields of 64 bits only. */
  isZip64?: boolean;
  /** Is left out of the directory. */
  isUnlisted?: boolean;
  /** What the directory tells instead of the truth. */
  told?: { crc?: number; compressed?: number; size?: number; offset?: number };
}

export interface ZipOptions {
  comment?: string;
  /** Ends with records of 64 bits. */
  isZip64?: boolean;
  /** What the end tells instead of the truth. */
  told?: { entries?: number; offset?: number };
}

/** Builds a ZIP (APPNOTE.TXT 6.3.10), as broken as is asked for. */
export function makeZip(files: readonly ZipFile[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const local = makeLocal(file);
    if (!file.isUnlisted) centrals.push(makeCentral(file, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = makeEnd({ entries: centrals.length, size: central.length, offset }, options);
  return Buffer.concat([...locals, central, end]);
}

/** Only what stands before the directory. */
export function makeLocalPart(files: readonly ZipFile[]): Buffer {
  return Buffer.concat(files.map(makeLocal));
}

/** Many entries of the directory for the bytes of one file. */
export function makeOverlapping(file: ZipFile, names: readonly string[]): Buffer {
  const local = makeLocal(file);
  const central = Buffer.concat(names.map((name) => makeCentral({ ...file, name }, 0)));
  const end = { entries: names.length, size: central.length, offset: local.length };
  return Buffer.concat([local, central, makeEnd(end, {})]);
}

interface Packed {
  name: Buffer;
  data: Uint8Array;
  method: number;
  flags: number;
  crc: number;
  size: number;
}

function pack({ name, content = '', method = 8, packed, flags = 0, isDescribed }: ZipFile): Packed {
  const bytes = Buffer.from(content);
  return {
    name: Buffer.from(name),
    data: packed ?? (method === 8 ? deflateRawSync(bytes) : bytes),
    method,
    flags: flags | (isDescribed ? 8 : 0),
    crc: crc32(bytes),
    size: bytes.length,
  };
}

function makeLocal(file: ZipFile): Buffer {
  const { name, data, method, flags, crc, size } = pack(file);
  const { isDescribed, isZip64 } = file;
  const extra = Buffer.concat([
    isZip64 ? extraField(1, uint64s(size, data.length)) : Buffer.alloc(0),
    file.extra ?? Buffer.alloc(0),
  ]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(isDescribed ? 0 : crc, 14);
  header.writeUInt32LE(isDescribed ? 0 : isZip64 ? 0xffff_ffff : data.length, 18);
  header.writeUInt32LE(isDescribed ? 0 : isZip64 ? 0xffff_ffff : size, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  const descriptor = uint32s(0x08074b50, crc, data.length, size);
  return Buffer.concat([header, name, extra, data, isDescribed ? descriptor : Buffer.alloc(0)]);
}

function makeCentral(file: ZipFile, offset: number): Buffer {
  const { name, data, method, flags, crc, size } = pack(file);
  const { told = {}, isZip64 } = file;
  const comment = Buffer.from(file.comment ?? '');
  const extra = Buffer.concat([
    isZip64 ? extraField(1, uint64s(size, data.length, offset)) : Buffer.alloc(0),
    file.extra ?? Buffer.alloc(0),
  ]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(told.crc ?? crc, 16);
  header.writeUInt32LE(isZip64 ? 0xffff_ffff : (told.compressed ?? data.length), 20);
  header.writeUInt32LE(isZip64 ? 0xffff_ffff : (told.size ?? size), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(comment.length, 32);
  header.writeUInt32LE(isZip64 ? 0xffff_ffff : (told.offset ?? offset), 42);
  return Buffer.concat([header, name, extra, comment]);
}

function makeEnd(
  truth: { entries: number; size: number; offset: number },
  { comment = '', isZip64, told }: ZipOptions,
): Buffer {
  const { entries, size, offset } = { ...truth, ...told };
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isZip64 ? 0xffff : entries, 8);
  end.writeUInt16LE(isZip64 ? 0xffff : entries, 10);
  end.writeUInt32LE(isZip64 ? 0xffff_ffff : size, 12);
  end.writeUInt32LE(isZip64 ? 0xffff_ffff : offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  if (!isZip64) return Buffer.concat([end, Buffer.from(comment)]);
  const record = Buffer.concat([
    uint32s(0x06064b50, 44, 0, 0, 0, 0),
    uint64s(entries, entries, size, offset),
  ]);
  const locator = Buffer.concat([
    uint32s(0x07064b50, 0),
    uint64s(truth.offset + truth.size),
    uint32s(1),
  ]);
  return Buffer.concat([record, locator, end, Buffer.from(comment)]);
}

export function extraField(id: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(data.length, 2);
  return Buffer.concat([header, data]);
}

function uint32s(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => {
    bytes.writeUInt32LE(number, at * 4);
  });
  return bytes;
}

function uint64s(...numbers: readonly number[]): Buffer {
  return uint32s(...numbers.flatMap((number) => [number % 2 ** 32, Math.floor(number / 2 ** 32)]));
}
