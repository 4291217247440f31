import type { ImageMetadata } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readResources } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

const headerBytes = 26;

/** PSD (Adobe Photoshop file formats): the image resources, after the header and colours. */
export function readPhotoshop(bytes: Uint8Array, metadata: ImageMetadata): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes + 4) return;
  const at = headerBytes + 4 + view.getUint32(headerBytes);
  if (at + 4 > bytes.length) return;
  const resources = bytes.subarray(at + 4, at + 4 + view.getUint32(at));
  readResources(resources, metadata, { readExif, readXmp });
}
