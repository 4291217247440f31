/** Pixels as the header of a picture tells them. */
export interface PictureSize {
  width: number;
  height: number;
}

type ReadSize = (bytes: Uint8Array, view: DataView) => PictureSize | undefined;

/** By media type; of TIFF each page has its own. */
const readers: Readonly<Record<string, ReadSize>> = {
  'image/bmp': readBmpSize,
  'image/jpeg': readJpegSize,
  'image/png': readPngSize,
  'image/webp': readWebpSize,
};

/** Reads the size of a picture without decoding it; undefined when its header does not tell. */
export function readPictureSize(bytes: Uint8Array, mediaType: string): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readers[mediaType]?.(bytes, view);
  } catch (error) {
    // It ends before.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** ISO/IEC 15948, 11.2.2: the first chunk. */
function readPngSize(_: Uint8Array, view: DataView): PictureSize {
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** [MS-WMF] 2.2.2.3 and before: four bytes a number, two in the oldest header. */
function readBmpSize(_: Uint8Array, view: DataView): PictureSize {
  if (view.getUint32(14, true) < 16) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  // A negative height is of lines from the top down.
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** ITU-T T.81, B.2.2: the frame header, C0 to CF but for tables (C4, CC) and what is reserved (C8). */
function readJpegSize(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xda || marker === 0xd9) return undefined;
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else {
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
  return undefined;
}

/** RFC 9649, sections 2.5 to 2.7: what the first chunk is. */
function readWebpSize(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  const chunk = String.fromCharCode(...bytes.subarray(12, 16));
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  if (chunk !== 'VP8X') return undefined;
  const at = (offset: number): number =>
    1 + view.getUint16(offset, true) + 65_536 * view.getUint8(offset + 2);
  return { width: at(24), height: at(27) };
}
