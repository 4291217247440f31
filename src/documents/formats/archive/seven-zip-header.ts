import { UnreadableError } from '../../reader.ts';
import { mostThings, SevenZipBytes } from './seven-zip-bytes.ts';

/** One step of a folder's expansion: its method as hexadecimal digits. */
export interface SevenZipCoder {
  method: string;
  properties: Uint8Array;
  inputs: number;
  outputs: number;
}

/** Bytes that are expanded together, by coders that are bound to each other. */
export interface SevenZipFolder {
  coders: SevenZipCoder[];
  /** Which output goes into which input. */
  bonds: { input: number; output: number }[];
  /** Which inputs are packed streams of the file. */
  packedInputs: number[];
  /** By output. */
  sizes: number[];
  crc: number | undefined;
  /** What is in it, one behind the other. */
  parts: SevenZipPart[];
}

export interface SevenZipPart {
  size: number;
  crc: number | undefined;
}

/** Packed streams, whose offsets count from behind the signature header, and how to expand them. */
export interface SevenZipStreams {
  packed: { offset: number; size: number }[];
  folders: SevenZipFolder[];
}

/** A file; without a part of a folder it is empty or a directory. */
export interface SevenZipFile {
  name: string;
  hasPart: boolean;
  isDirectory: boolean;
}

export interface SevenZipHeader {
  streams: SevenZipStreams;
  files: SevenZipFile[];
}

/** Identifiers of properties (7zFormat.txt, "Property IDs"). */
const id = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  packInfo: 0x06,
  unpackInfo: 0x07,
  subStreams: 0x08,
  sizes: 0x09,
  crcs: 0x0a,
  folders: 0x0b,
  unpackSizes: 0x0c,
  partCounts: 0x0d,
  emptyStreams: 0x0e,
  emptyFiles: 0x0f,
  names: 0x11,
  encodedHeader: 0x17,
} as const;

const mostCoders = 32;
const utf16 = new TextDecoder('utf-16le');

/**
 * Reads a header (7zFormat.txt of the public-domain LZMA SDK): of one that is itself packed, only
 * how; of any other, streams and up to `mostFiles` files.
 *
 * @throws {UnreadableError} `corrupt`, or `too_many` for streams or parts.
 */
export function readSevenZipHeader(
  bytes: Uint8Array,
  mostFiles: number,
): SevenZipHeader | SevenZipStreams {
  const header = new SevenZipBytes(bytes);
  const type = header.readByte();
  if (type === id.encodedHeader) return readStreams(header);
  if (type !== id.header) throw new UnreadableError('corrupt');
  let streams: SevenZipStreams = { packed: [], folders: [] };
  let files: SevenZipFile[] = [];
  for (;;) {
    const part = header.readByte();
    if (part === id.end) return { streams, files };
    if (part === id.archiveProperties) skipProperties(header);
    else if (part === id.additionalStreams) readStreams(header);
    else if (part === id.mainStreams) streams = readStreams(header);
    else if (part === id.files) files = readFiles(header, mostFiles);
    else throw new UnreadableError('corrupt');
  }
}

function skipProperties(header: SevenZipBytes): void {
  while (header.readByte() !== id.end) header.readBytes(header.readNumber());
}

function readStreams(header: SevenZipBytes): SevenZipStreams {
  const streams: SevenZipStreams = { packed: [], folders: [] };
  let hasParts = false;
  for (;;) {
    const part = header.readByte();
    if (part === id.packInfo) {
      readPackInfo(header, streams);
    } else if (part === id.unpackInfo) {
      streams.folders = readFolders(header);
    } else if (part === id.subStreams) {
      readParts(header, streams.folders);
      hasParts = true;
    } else if (part === id.end) {
      break;
    } else {
      throw new UnreadableError('corrupt');
    }
  }
  if (!hasParts) for (const folder of streams.folders) folder.parts = [wholePart(folder)];
  return streams;
}

function readPackInfo(header: SevenZipBytes, streams: SevenZipStreams): void {
  let offset = header.readNumber();
  const count = header.readCount();
  for (;;) {
    const part = header.readByte();
    if (part === id.end) return;
    if (part === id.sizes) {
      streams.packed = Array.from({ length: count }, () => {
        const size = header.readNumber();
        offset += size;
        return { offset: offset - size, size };
      });
    } else if (part === id.crcs) {
      header.readDigests(count);
    } else {
      throw new UnreadableError('corrupt');
    }
  }
}

function readFolders(header: SevenZipBytes): SevenZipFolder[] {
  expect(header, id.folders);
  const count = header.readCount();
  expectInternal(header);
  const folders = Array.from({ length: count }, () => readFolder(header));
  expect(header, id.unpackSizes);
  for (const folder of folders) folder.sizes = folder.sizes.map(() => header.readNumber());
  for (;;) {
    const part = header.readByte();
    if (part === id.end) return folders;
    if (part !== id.crcs) throw new UnreadableError('corrupt');
    header.readDigests(count).forEach((crc, at) => {
      (folders[at] as SevenZipFolder).crc = crc;
    });
  }
}

function readFolder(header: SevenZipBytes): SevenZipFolder {
  const coderCount = header.readCount();
  if (coderCount < 1 || coderCount > mostCoders) throw new UnreadableError('corrupt');
  const coders = Array.from({ length: coderCount }, () => readCoder(header));
  const inputs = coders.reduce((sum, coder) => sum + coder.inputs, 0);
  const outputs = coders.reduce((sum, coder) => sum + coder.outputs, 0);
  if (outputs < 1 || inputs < outputs - 1) throw new UnreadableError('corrupt');
  const bonds = Array.from({ length: outputs - 1 }, () => {
    const input = header.readNumber();
    return { input, output: header.readNumber() };
  });
  const bound = new Set(bonds.map(({ input }) => input));
  const packedCount = inputs - bonds.length;
  const packedInputs =
    packedCount === 1
      ? [...Array(inputs).keys()].filter((input) => !bound.has(input)).slice(0, 1)
      : Array.from({ length: packedCount }, () => header.readNumber());
  const sizes = Array<number>(outputs).fill(0);
  return { coders, bonds, packedInputs, sizes, crc: undefined, parts: [] };
}

function readCoder(header: SevenZipBytes): SevenZipCoder {
  const flags = header.readByte();
  const method = Buffer.from(header.readBytes(flags & 15)).toString('hex');
  const isComplex = (flags & 0x10) !== 0;
  const inputs = isComplex ? header.readNumber() : 1;
  const outputs = isComplex ? header.readNumber() : 1;
  if (inputs > mostCoders || outputs > mostCoders) throw new UnreadableError('corrupt');
  const properties = header.readBytes(flags & 0x20 ? header.readNumber() : 0);
  return { method, properties, inputs, outputs };
}

/** How each folder divides into parts; sizes and CRCs that follow from the whole are left out. */
function readParts(header: SevenZipBytes, folders: SevenZipFolder[]): void {
  let counts = folders.map(() => 1);
  let part = header.readByte();
  if (part === id.partCounts) {
    counts = folders.map(() => header.readNumber());
    part = header.readByte();
  }
  if (counts.reduce((sum, count) => sum + count, 0) > mostThings) {
    throw new UnreadableError('too_many');
  }
  const hasSizes = part === id.sizes;
  folders.forEach((folder, at) => {
    folder.parts = divide(folder, counts[at] ?? 0, hasSizes ? header : undefined);
  });
  if (hasSizes) part = header.readByte();
  for (; part !== id.end; part = header.readByte()) {
    if (part !== id.crcs) throw new UnreadableError('corrupt');
    const open = folders.flatMap(({ parts }) => parts).filter(({ crc }) => crc === undefined);
    header.readDigests(open.length).forEach((crc, at) => {
      (open[at] as SevenZipPart).crc = crc;
    });
  }
}

function divide(
  folder: SevenZipFolder,
  count: number,
  sizes: SevenZipBytes | undefined,
): SevenZipPart[] {
  const whole = wholePart(folder);
  if (count === 0) return [];
  if (count === 1) return [whole];
  if (sizes === undefined || count > sizes.left + 1) throw new UnreadableError('corrupt');
  const parts: SevenZipPart[] = [];
  let left = whole.size;
  for (let at = 1; at < count; at++) {
    const size = sizes.readNumber();
    left -= size;
    if (left < 0) throw new UnreadableError('corrupt');
    parts.push({ size, crc: undefined });
  }
  return [...parts, { size: left, crc: undefined }];
}

/** A folder gives what comes out of the output that is bound to no input. */
function wholePart({ bonds, sizes, crc }: SevenZipFolder): SevenZipPart {
  const bound = new Set(bonds.map(({ output }) => output));
  return { size: sizes.find((_, output) => !bound.has(output)) ?? 0, crc };
}

function readFiles(header: SevenZipBytes, mostFiles: number): SevenZipFile[] {
  const count = Math.min(header.readNumber(), header.left, mostFiles);
  let names: string[] = [];
  let isEmpty: boolean[] = [];
  let isEmptyFile: boolean[] = [];
  for (let type = header.readNumber(); type !== id.end; type = header.readNumber()) {
    const property = new SevenZipBytes(header.readBytes(header.readNumber()));
    if (type === id.emptyStreams) isEmpty = property.readBits(count);
    else if (type === id.emptyFiles)
      isEmptyFile = property.readBits(isEmpty.filter(Boolean).length);
    else if (type === id.names) names = readNames(property, count);
  }
  let empties = 0;
  return Array.from({ length: count }, (_, at) => {
    const hasPart = !isEmpty[at];
    const isDirectory = !hasPart && !isEmptyFile[empties++];
    return { name: names[at] ?? '', hasPart, isDirectory };
  });
}

/** NUL-terminated UTF-16. */
function readNames(property: SevenZipBytes, count: number): string[] {
  expectInternal(property);
  return utf16.decode(property.readBytes(property.left)).split('\0', count);
}

function expect(header: SevenZipBytes, type: number): void {
  if (header.readByte() !== type) throw new UnreadableError('corrupt');
}

/** Nobody keeps these in additional streams. */
function expectInternal(header: SevenZipBytes): void {
  if (header.readByte() !== 0) throw new UnreadableError('unsupported:7z-additional-streams');
}
