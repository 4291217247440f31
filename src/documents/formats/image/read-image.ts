import { type Reader, UnreadableError } from '../../reader.ts';
import { ImageMetadata } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readGif } from './read-gif.ts';
import { readHeif } from './read-heif.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPhotoshop } from './read-photoshop.ts';
import { isDecodable, readPicture } from './read-picture.ts';
import { readPng } from './read-png.ts';
import { readWebp } from './read-webp.ts';

type ReadMetadata = (bytes: Uint8Array, metadata: ImageMetadata) => void;

/** By media type; BMP says nothing of itself, and others have no reader. */
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
 * An image: what it says of itself – Exif with the position, IPTC, XMP, comments – as a part, and
 * with `ocr` the text that it shows as others. Without, the picture is not decoded, so none of its
 * size counts, and it is missed.
 */
export const readImage: Reader = async (source, sink, { mediaType, budget, ocr }) => {
  const read = readers[mediaType];
  const isShown = ocr && isDecodable(mediaType);
  const metadata = new ImageMetadata(budget);
  let isRead = false;
  try {
    const bytes = read === undefined && !isShown ? undefined : await source.readAll();
    try {
      if (bytes !== undefined) read?.(bytes, metadata);
    } finally {
      metadata.writeTo(sink);
    }
    if (bytes === undefined || !isShown) throw new UnreadableError(`unsupported:${mediaType}`);
    await readPicture(bytes, sink, { mediaType, budget, orientation: metadata.orientation });
    isRead = true;
  } finally {
    sink.tellPicture(isRead);
  }
};
