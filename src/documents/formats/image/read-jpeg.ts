import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readResources } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

const exifMark = 'Exif\0\0';
const xmpMark = 'http://ns.adobe.com/xap/1.0/\0';
const moreXmpMark = 'http://ns.adobe.com/xmp/extension/\0';
const photoshopMark = 'Photoshop 3.0\0';
/** After the mark: a digest, the size of all and the offset of this piece (XMP part 3, 1.1.3.1). */
const moreXmpHeaderBytes = moreXmpMark.length + 40;

/** JPEG (ITU-T T.81, annex B): segments up to the picture's data. */
export function readJpeg(bytes: Uint8Array, metadata: ImageMetadata): void {
  const moreXmp: Uint8Array[] = [];
  for (let at = 2; at + 4 <= bytes.length; ) {
    metadata.budget.checkTime();
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] ?? 0;
    // A fill byte, or a marker without a segment.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const data = bytes.subarray(at + 4, at + 2 + Math.max(2, length));
    if (marker === 0xfe) metadata.add('Comment', decodeText(data));
    else if (marker === 0xe1 || marker === 0xed) readSegment(data, metadata, moreXmp);
    at += 2 + Math.max(2, length);
  }
  if (moreXmp.length > 0) readXmp(Buffer.concat(moreXmp), metadata);
}

function readSegment(data: Uint8Array, metadata: ImageMetadata, moreXmp: Uint8Array[]): void {
  const start = readLatin1(data.subarray(0, moreXmpMark.length));
  if (start.startsWith(exifMark)) readExif(data.subarray(exifMark.length), metadata);
  else if (start.startsWith(xmpMark)) readXmp(data.subarray(xmpMark.length), metadata);
  else if (start.startsWith(moreXmpMark)) moreXmp.push(data.subarray(moreXmpHeaderBytes));
  else if (start.startsWith(photoshopMark)) {
    readResources(data.subarray(photoshopMark.length), metadata);
  }
}
