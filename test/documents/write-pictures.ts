import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from './draw-text.ts';

/** PNG (ISO/IEC 15948) in grey of eight bits. */
export function writePng({ width, height, pixels }: Bitmap): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** BMP in 24 bits. */
export function writeBmp({ width, height, pixels }: Bitmap): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 54 + (height - 1 - y) * rowBytes + x * 3;
      file.fill(pixels[y * width + x] ?? 0, at, at + 3);
    }
  }
  return file;
}

/** GIF (GIF89a) of black and white, a frame a bitmap, whose codes are never longer than three bits. */
export function writeGif(...frames: readonly [Bitmap, ...Bitmap[]]): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\xf0\0\0\0\0\0\xff\xff\xff', 'latin1');
  header.writeUInt16LE(frames[0].width, 6);
  header.writeUInt16LE(frames[0].height, 8);
  return Buffer.concat([header, ...frames.map(gifFrame), Buffer.from([0x3b])]);
}

function gifFrame({ width, height, pixels }: Bitmap): Buffer {
  const descriptor = Buffer.alloc(11);
  descriptor[0] = 0x2c;
  descriptor.writeUInt16LE(width, 5);
  descriptor.writeUInt16LE(height, 7);
  descriptor[10] = 2;
  const [clear, end] = [4, 5];
  const bits: number[] = [];
  const put = (code: number): void => {
    bits.push(code & 1, (code >> 1) & 1, (code >> 2) & 1);
  };
  for (const [index, pixel] of pixels.entries()) {
    // Forgotten after every second, the table does not grow beyond three bits.
    if (index % 2 === 0) put(clear);
    put(pixel === 0 ? 0 : 1);
  }
  put(end);
  const data = packBits(bits.length % 8 === 0 ? bits : [...bits, ...Array(7).fill(0)], 'low');
  const pieces: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const piece = data.subarray(at, at + 255);
    pieces.push(Buffer.from([piece.length]), piece);
  }
  return Buffer.concat([descriptor, ...pieces, Buffer.from([0])]);
}

/** TIFF (TIFF 6.0) in grey of eight bits, uncompressed, a page a bitmap. */
export function writeTiff(...pages: readonly Bitmap[]): Buffer {
  const pieces = [Buffer.from('II*\0\x08\0\0\0', 'latin1')];
  let at = 8;
  for (const [index, { width, height, pixels }] of pages.entries()) {
    const directory = Buffer.alloc(2 + 9 * 12 + 4);
    const dataAt = at + directory.length;
    const entries = [
      [256, width],
      [257, height],
      [258, 8],
      [259, 1],
      [262, 1],
      [273, dataAt],
      [277, 1],
      [278, height],
      [279, pixels.length],
    ] as const;
    directory.writeUInt16LE(entries.length, 0);
    for (const [n, [tag, value]] of entries.entries()) {
      directory.writeUInt16LE(tag, 2 + 12 * n);
      directory.writeUInt16LE(4, 4 + 12 * n);
      directory.writeUInt32LE(1, 6 + 12 * n);
      directory.writeUInt32LE(value, 10 + 12 * n);
    }
    at = dataAt + pixels.length;
    directory.writeUInt32LE(index === pages.length - 1 ? 0 : at, directory.length - 4);
    pieces.push(directory, Buffer.from(pixels));
  }
  return Buffer.concat(pieces);
}

/**
 * JPEG (ITU-T T.81, baseline) in grey, where each pixel is made a block of 8 by 8: all that is coded
 * of one is how much it differs from the one before. With `orientation` it has Exif.
 */
export function writeJpeg(bitmap: Bitmap, { orientation }: { orientation?: number } = {}): Buffer {
  const [width, height] = [8 * bitmap.width, 8 * bitmap.height];
  const segment = (marker: number, ...data: number[]): Buffer =>
    Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255, ...data]);
  const exif = [...Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1')];
  const bits: number[] = [];
  let before = 0;
  for (const pixel of bitmap.pixels) {
    // Black is -128 and white 127, by 8 of the transform and by the table's 127.
    const shade = pixel === 0 ? -8 : 8;
    const difference = shade - before;
    before = shade;
    // One bit tells a difference of none from one in five bits, another ends the block.
    if (difference === 0) bits.push(0);
    else bits.push(1, 0, ...fiveBits(difference > 0 ? difference : difference + 31));
    bits.push(0);
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const data = [...packBits(bits, 'high')].flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(orientation === undefined
      ? []
      : [segment(0xe1, ...exif, orientation, 0, 0, 0, 0, 0, 0, 0)]),
    segment(0xdb, 0, ...Array<number>(64).fill(127)),
    segment(0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
    // Codes 0 for no difference and 10 for one of five bits; code 0 for the end of a block.
    segment(0xc4, 0x00, 1, 1, ...Array<number>(14).fill(0), 0, 5),
    segment(0xc4, 0x10, 1, ...Array<number>(15).fill(0), 0),
    segment(0xda, 1, 1, 0x00, 0, 63, 0),
    Buffer.from([...data, 0xff, 0xd9]),
  ]);
}

const fiveBits = (value: number): number[] => [4, 3, 2, 1, 0].map((bit) => (value >> bit) & 1);

function packBits(bits: readonly number[], first: 'low' | 'high'): Buffer {
  const bytes = Buffer.alloc(bits.length >> 3);
  for (let at = 0; at < bytes.length * 8; at++) {
    const place = first === 'low' ? at & 7 : 7 - (at & 7);
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) | ((bits[at] ?? 0) << place);
  }
  return bytes;
}
