import { type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readXmp } from './read-xmp.ts';

/** WebP (RFC 9649, section 2.7): the chunks with Exif and XMP. */
export function readWebp(bytes: Uint8Array, metadata: ImageMetadata): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    metadata.budget.checkTime();
    const type = readLatin1(bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + size);
    if (type === 'XMP ') readXmp(data, metadata);
    else if (type === 'EXIF') readExif(withoutMark(data), metadata);
    at += 8 + size + (size & 1);
  }
}

/** Some writers keep the mark that JPEG has. */
function withoutMark(data: Uint8Array): Uint8Array {
  return readLatin1(data.subarray(0, 6)) === 'Exif\0\0' ? data.subarray(6) : data;
}
