import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readXmp } from './read-xmp.ts';

const commentLabel = 0xfe;
const plainTextLabel = 0x01;
const applicationLabel = 0xff;

/** GIF (GIF89a specification): comments, plain text, and XMP. */
export function readGif(bytes: Uint8Array, metadata: ImageMetadata): void {
  let at = 13 + colorTableBytes(bytes[10]);
  while (at + 2 <= bytes.length) {
    metadata.budget.checkTime();
    if (bytes[at] === 0x21) {
      const label = bytes[at + 1] ?? 0;
      const blocks = readBlocks(bytes, at + 2);
      addExtension(label, blocks, metadata);
      at = blocks.end;
    } else if (bytes[at] === 0x2c) {
      at = readBlocks(bytes, at + 10 + colorTableBytes(bytes[at + 9]) + 1).end;
    } else {
      return;
    }
  }
}

function colorTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

interface Blocks {
  pieces: Uint8Array[];
  start: number;
  end: number;
  bytes: Uint8Array;
}

function readBlocks(bytes: Uint8Array, start: number): Blocks {
  const pieces: Uint8Array[] = [];
  let at = start;
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) {
    pieces.push(bytes.subarray(at + 1, at + 1 + size));
    at += 1 + size;
  }
  return { pieces, start, end: at + 1, bytes };
}

function addExtension(label: number, blocks: Blocks, metadata: ImageMetadata): void {
  const { pieces, start, end, bytes } = blocks;
  if (label === commentLabel) metadata.add('Comment', decodeText(Buffer.concat(pieces)));
  else if (label === plainTextLabel) {
    metadata.add('Plain text', decodeText(Buffer.concat(pieces.slice(1))));
  } else if (label === applicationLabel) {
    const name = readLatin1(pieces[0] ?? new Uint8Array(0));
    // The packet is not in blocks: what ends it makes it skippable as some.
    if (name === 'XMP DataXMP') readXmp(bytes.subarray(start + 12, end), metadata);
  }
}
