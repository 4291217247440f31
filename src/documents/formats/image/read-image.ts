import type { Reader } from '../../reader.ts';
import { ImageMetadata } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readGif } from './read-gif.ts';
import { readHeif } from './read-heif.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPhotoshop } from './read-photoshop.ts';
import { readPng } from './read-png.ts';
import { readWebp } from './read-webp.ts';

type ReadMetadata = (bytes: Uint8Array, metadata: ImageMetadata) => void;

/** By media type; other images say nothing of themselves, and have no reader. */
const readers: Readonly<Record<string, ReadMetadata>> = {
  'image/avif': readHeif,
  'image/gif': readGif,
  'image/heic': readHeif,
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/tiff': readExif,
  'image/vnd.adobe.photoshop': readPhotoshop,
  'image/webp': readWebp,
};

/**
 * An image: what it says of itself – Exif with the position, IPTC, XMP, comments – as a part. The
 * picture is not decoded, so none of its size counts, and it is always missed: what it shows was
 * not read.
 */
export const readImage: Reader = async (source, sink, { mediaType, budget }) => {
  const read = readers[mediaType];
  const metadata = new ImageMetadata(budget);
  try {
    if (read !== undefined) read(await source.readAll(), metadata);
  } finally {
    metadata.writeTo(sink);
  }
  sink.miss(`unsupported:${mediaType}`);
};
