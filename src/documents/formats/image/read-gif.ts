import {
  applicationLabel,
  commentLabel,
  type GifBlock,
  listGifBlocks,
  listPieces,
  plainTextLabel,
} from './gif-blocks.ts';
import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readXmp } from './read-xmp.ts';

/** GIF (GIF89a specification): comments, plain text, and XMP. */
export function readGif(bytes: Uint8Array, metadata: ImageMetadata): void {
  for (const block of listGifBlocks(bytes, metadata.budget)) {
    if (block.kind === 'extension') addExtension(bytes, block, metadata);
  }
}

function addExtension(bytes: Uint8Array, block: GifBlock, metadata: ImageMetadata): void {
  const { label, dataStart, end } = block;
  if (label === commentLabel) {
    metadata.add('Comment', decodeText(Buffer.concat([...listPieces(bytes, block)])));
  } else if (label === plainTextLabel) {
    const [, ...text] = listPieces(bytes, block);
    metadata.add('Plain text', decodeText(Buffer.concat(text)));
  } else if (label === applicationLabel) {
    const name = readLatin1(bytes.subarray(dataStart + 1, dataStart + 1 + (bytes[dataStart] ?? 0)));
    // The packet is not in pieces: what ends it makes it skippable as some.
    if (name === 'XMP DataXMP') readXmp(bytes.subarray(dataStart + 12, end), metadata);
  }
}
