import { UnreadableError } from '../../reader.ts';
import { type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readXmp } from './read-xmp.ts';

/** A box's type and content (ISO/IEC 14496-12, 4.2). */
interface Box {
  type: string;
  data: Uint8Array;
}

/** HEIF and AVIF (ISO/IEC 23008-12): items with Exif and XMP, found by the `meta` box. */
export function readHeif(bytes: Uint8Array, metadata: ImageMetadata): void {
  const meta = findBox(bytes, 'meta', metadata)?.subarray(4);
  if (meta === undefined) return;
  const items = findBox(meta, 'iinf', metadata);
  const locations = findBox(meta, 'iloc', metadata);
  if (items === undefined || locations === undefined) return;
  const types = readItemTypes(items, metadata);
  let left = 2 * bytes.length;
  for (const { id, offset, length } of readLocations(locations, metadata)) {
    if (!types.has(id)) continue;
    // Items may lie in each other.
    left -= Math.min(length, bytes.length);
    if (left < 0) throw new UnreadableError('corrupt');
    const data = bytes.subarray(offset, offset + length);
    const type = types.get(id);
    if (type === 'mime') readXmp(data, metadata);
    // Four bytes say how far the TIFF header is behind them.
    else if (type === 'Exif' && data.length >= 4) {
      readExif(data.subarray(4 + viewOf(data).getUint32(0)), metadata);
    }
  }
}

function* listBoxes(bytes: Uint8Array, metadata: ImageMetadata): Iterable<Box> {
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    metadata.budget.checkTime();
    const type = readLatin1(bytes.subarray(at + 4, at + 8));
    let header = 8;
    let size = view.getUint32(at);
    if (size === 1 && at + 16 <= bytes.length) {
      header = 16;
      size = Number(view.getBigUint64(at + 8));
    }
    if (size === 0) size = bytes.length - at;
    if (size < header) return;
    yield { type, data: bytes.subarray(at + header, at + size) };
    at += size;
  }
}

function findBox(bytes: Uint8Array, type: string, metadata: ImageMetadata): Uint8Array | undefined {
  for (const box of listBoxes(bytes, metadata)) if (box.type === type) return box.data;
  return undefined;
}

/**
 * Item information entries of version 2 and 3 (ISO/IEC 14496-12, 8.11.6): types of those that
 * hold text, by item.
 */
function readItemTypes(items: Uint8Array, metadata: ImageMetadata): Map<number, string> {
  const types = new Map<number, string>();
  const countBytes = items[0] === 0 ? 2 : 4;
  for (const { type, data } of listBoxes(items.subarray(4 + countBytes), metadata)) {
    const version = data[0] ?? 0;
    const idBytes = version === 3 ? 4 : 2;
    if (type !== 'infe' || version < 2 || data.length < 10 + idBytes) continue;
    const id = readNumber(data, 4, idBytes);
    const itemType = readLatin1(data.subarray(6 + idBytes, 10 + idBytes));
    if (itemType === 'mime' || itemType === 'Exif') types.set(id, itemType);
  }
  return types;
}

interface ItemLocation {
  id: number;
  offset: number;
  length: number;
}

/** Item locations (ISO/IEC 14496-12, 8.11.3) within the file: the first extent of each. */
function* readLocations(data: Uint8Array, metadata: ImageMetadata): Iterable<ItemLocation> {
  const version = data[0] ?? 0;
  const sizes = readNumber(data, 4, 2);
  const offsetBytes = sizes >> 12;
  const lengthBytes = (sizes >> 8) & 15;
  const baseBytes = (sizes >> 4) & 15;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version < 2 ? 2 : 4;
  const extentBytes = indexBytes + offsetBytes + lengthBytes;
  const methodBytes = version === 0 ? 0 : 2;
  for (let at = 6 + idBytes; at < data.length; ) {
    metadata.budget.checkTime();
    const id = readNumber(data, at, idBytes);
    const method = readNumber(data, at + idBytes, methodBytes) & 15;
    const baseAt = at + idBytes + methodBytes + 2;
    const extentsAt = baseAt + baseBytes + 2;
    const extents = readNumber(data, extentsAt - 2, 2);
    const offset =
      readNumber(data, baseAt, baseBytes) + readNumber(data, extentsAt + indexBytes, offsetBytes);
    const length = readNumber(data, extentsAt + indexBytes + offsetBytes, lengthBytes);
    if (method === 0 && extents > 0) yield { id, offset, length };
    at = extentsAt + extents * extentBytes;
  }
}

/** Up to 15 bytes, big-endian; what is missing counts as 0. */
function readNumber(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
