import type { ReadBudget } from '../../read-budget.ts';
import type { Problem } from '../../reader.ts';
import { decodeZipName, decodeZipText, findExtraField } from './zip-names.ts';

/** An entry as a directory or a local header tells it; what it tells may be a lie. */
export interface ZipEntry {
  /** A label, never a path: may hold `..`, be absolute, or come twice. */
  readonly name: string;
  readonly comment: string;
  /** How it is compressed (APPNOTE.TXT 4.4.5). */
  readonly method: number;
  readonly encrypted: boolean;
  readonly isDirectory: boolean;
  readonly compressedBytes: number;
  /** What it says to hold once expanded; 0 when only a descriptor behind the data tells it. */
  readonly declaredBytes: number;
  /** Undefined when only a descriptor behind the data tells it. */
  readonly crc: number | undefined;
  /** Where its local header and its data start; -1 when no local header is where one should be. */
  readonly headerOffset: number;
  readonly dataOffset: number;
  /** Why it cannot be read, as far as its headers tell; null when it seems readable. */
  readonly problem: Problem | null;
}

/** Bytes from `start` up to `end`. */
export interface ZipRange {
  start: number;
  end: number;
}

const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
export const centralHeaderBytes = 46;
const localHeaderBytes = 30;
const encryptedFlag = 0x1;
const descriptorFlag = 0x8;
const utf8Flag = 0x800;
const maskedFlag = 0x2000;
const aesMethod = 99;
const readableMethods: ReadonlySet<number> = new Set([0, 8, 12, 14, 93, 95]);
const methodNames: Readonly<Record<number, string>> = {
  9: 'deflate64',
  97: 'wavpack',
  98: 'ppmd',
};

/** Reads headers of entries out of a ZIP in memory (PKWARE APPNOTE.TXT 6.3.10, 4.3 to 4.5). */
export class ZipHeaders {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  hasSignature(at: number, signature: number): boolean {
    return at >= 0 && at + 4 <= this.bytes.length && this.view.getUint32(at, true) === signature;
  }

  isCentralHeader(at: number): boolean {
    return this.hasSignature(at, centralSignature);
  }

  readUint64(at: number): number {
    return this.view.getUint32(at, true) + this.view.getUint32(at + 4, true) * 0x1_0000_0000;
  }

  /** A header of the central directory; `shift` is added to the offset it tells. */
  readCentral(at: number, shift: number): { entry: ZipEntry; end: number } | undefined {
    const { view, bytes } = this;
    if (!this.isCentralHeader(at) || at + centralHeaderBytes > bytes.length) return undefined;
    const nameEnd = at + centralHeaderBytes + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const end = extraEnd + view.getUint16(at + 32, true);
    if (end > bytes.length) return undefined;
    const extra = bytes.subarray(nameEnd, extraEnd);
    const flags = view.getUint16(at + 8, true);
    const isUtf8 = (flags & utf8Flag) !== 0;
    const [declaredBytes = 0, compressedBytes = 0, offset = 0] = withZip64(
      [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true)),
      extra,
    );
    const headerOffset = offset + shift;
    const dataOffset = this.#findData(headerOffset);
    const entry = describe(flags, {
      name: decodeZipName(bytes.subarray(at + centralHeaderBytes, nameEnd), { extra, isUtf8 }),
      comment: decodeZipText(bytes.subarray(extraEnd, end), isUtf8),
      method: view.getUint16(at + 10, true),
      compressedBytes,
      declaredBytes,
      crc: view.getUint32(at + 16, true),
      headerOffset: dataOffset < 0 ? -1 : headerOffset,
      dataOffset,
    });
    return { entry, end };
  }

  /** Finds entries by their local headers alone, in a range that no entry covers. */
  *walk(range: ZipRange, budget: ReadBudget): Generator<ZipEntry> {
    for (let at = this.#findLocal(range); at !== undefined; ) {
      budget.checkTime();
      const entry = this.#readLocal(at, range.end);
      yield entry;
      at = this.#findLocal({ start: entry.dataOffset + entry.compressedBytes, end: range.end });
    }
  }

  /** Whether something that can be a local header starts here, and not just its four bytes. */
  isLocalHeader(at: number): boolean {
    const { view, bytes } = this;
    if (!this.hasSignature(at, localSignature) || at + localHeaderBytes > bytes.length) {
      return false;
    }
    const method = view.getUint16(at + 8, true);
    const nameBytes = view.getUint16(at + 26, true);
    const start = at + localHeaderBytes;
    return (
      bytes.readUInt8(at + 4) <= 63 &&
      (readableMethods.has(method) || method in methodNames || method === aesMethod) &&
      nameBytes > 0 &&
      start + nameBytes + view.getUint16(at + 28, true) <= bytes.length &&
      bytes.subarray(start, start + nameBytes).every((byte) => byte >= 0x20)
    );
  }

  #findData(header: number): number {
    const { view, bytes } = this;
    if (!this.hasSignature(header, localSignature) || header + localHeaderBytes > bytes.length) {
      return -1;
    }
    const lengths = view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const data = header + localHeaderBytes + lengths;
    return data > bytes.length ? -1 : data;
  }

  #findLocal({ start, end }: ZipRange): number | undefined {
    const range = this.bytes.subarray(0, end);
    for (let at = start; at < end; at++) {
      at = range.indexOf('PK\x03\x04', at, 'latin1');
      if (at < 0) return undefined;
      if (this.isLocalHeader(at) && this.#findData(at) <= end) return at;
    }
    return undefined;
  }

  #readLocal(at: number, limit: number): ZipEntry {
    const { view, bytes } = this;
    const nameEnd = at + localHeaderBytes + view.getUint16(at + 26, true);
    const dataOffset = nameEnd + view.getUint16(at + 28, true);
    const extra = bytes.subarray(nameEnd, dataOffset);
    const flags = view.getUint16(at + 6, true);
    const isUtf8 = (flags & utf8Flag) !== 0;
    const [declaredBytes = 0, told = 0] = withZip64(
      [at + 22, at + 18].map((place) => view.getUint32(place, true)),
      extra,
    );
    const isDescribed = (flags & descriptorFlag) !== 0;
    const compressedBytes =
      isDescribed && told === 0
        ? this.#findEnd(dataOffset, limit) - dataOffset
        : Math.min(told, limit - dataOffset);
    return describe(flags, {
      name: decodeZipName(bytes.subarray(at + localHeaderBytes, nameEnd), { extra, isUtf8 }),
      comment: '',
      method: view.getUint16(at + 8, true),
      compressedBytes,
      declaredBytes,
      crc: isDescribed ? undefined : view.getUint32(at + 14, true),
      headerOffset: at,
      dataOffset,
    });
  }

  /** Where data ends whose length its header does not tell: at its descriptor or another header. */
  #findEnd(dataOffset: number, limit: number): number {
    const range = this.bytes.subarray(0, limit);
    for (let at = dataOffset; at < limit; at++) {
      at = range.indexOf('PK', at, 'latin1');
      if (at < 0) return limit;
      const size = at - dataOffset;
      const isDescriptor =
        this.hasSignature(at, descriptorSignature) &&
        at + 12 <= limit &&
        this.view.getUint32(at + 8, true) === size % 0x1_0000_0000;
      if (isDescriptor || this.isCentralHeader(at) || this.isLocalHeader(at)) return at;
    }
    return limit;
  }
}

function describe(
  flags: number,
  headers: Omit<ZipEntry, 'encrypted' | 'isDirectory' | 'problem'>,
): ZipEntry {
  const { method, name, dataOffset } = headers;
  const encrypted = (flags & (encryptedFlag | maskedFlag)) !== 0 || method === aesMethod;
  const isDirectory = /[/\\]$/.test(name) && headers.compressedBytes === 0;
  const problem = encrypted
    ? 'encrypted'
    : dataOffset < 0
      ? 'corrupt'
      : readableMethods.has(method)
        ? null
        : (`unsupported:${methodNames[method] ?? `zip-method-${method}`}` as const);
  return { ...headers, encrypted, isDirectory, problem };
}

/** Sizes and offsets that do not fit into 32 bits stand in an extra field, in order (4.5.3). */
function withZip64(values: readonly number[], extra: Uint8Array): number[] {
  if (!values.includes(0xffff_ffff)) return [...values];
  const field = findExtraField(extra, 1);
  if (field === undefined) return [...values];
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  let at = 0;
  return values.map((value) => {
    if (value !== 0xffff_ffff || at + 8 > field.length) return value;
    at += 8;
    return view.getUint32(at - 8, true) + view.getUint32(at - 4, true) * 0x1_0000_0000;
  });
}
