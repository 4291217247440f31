import { UnreadableError } from '../../reader.ts';
import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readIptc, readResources } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

/** One entry of an image file directory. */
interface Entry {
  tag: number;
  type: number;
  value: Uint8Array;
}

interface Tiff {
  bytes: Uint8Array;
  view: DataView;
  littleEndian: boolean;
  metadata: ImageMetadata;
  /** Bytes that may still be looked at: directories and values can lie in each other. */
  left: number;
}

/** Bytes of a value by its type (TIFF 6.0, section 2); 0 for none known. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const rationalType = 5;

/** Tags that people or cameras write text into: TIFF 6.0, section 8, and Exif 2.32, 4.6. */
const textTags: Readonly<Record<number, string>> = {
  269: 'DocumentName',
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  285: 'PageName',
  305: 'Software',
  306: 'DateTime',
  315: 'Artist',
  316: 'HostComputer',
  333: 'InkNames',
  33432: 'Copyright',
  36867: 'DateTimeOriginal',
  36868: 'DateTimeDigitized',
  40964: 'RelatedSoundFile',
  42016: 'ImageUniqueID',
  42032: 'CameraOwnerName',
  42033: 'BodySerialNumber',
  42035: 'LensMake',
  42036: 'LensModel',
  42037: 'LensSerialNumber',
  42112: 'GDALMetadata',
  50735: 'CameraSerialNumber',
  50827: 'OriginalRawFileName',
};

/** As Windows writes them, in UTF-16. */
const wideTags: Readonly<Record<number, string>> = {
  40091: 'XPTitle',
  40092: 'XPComment',
  40093: 'XPAuthor',
  40094: 'XPKeywords',
  40095: 'XPSubject',
};

/** Tags of what is read elsewhere. */
const xmpTag = 700;
const iptcTag = 33_723;
const resourcesTag = 34_377;
const userCommentTag = 37_510;
const orientationTag = 274;
/** Tags that lead to further directories: Exif, GPS, and the images inside. */
const exifTag = 34_665;
const gpsTag = 34_853;
const subDirectoriesTag = 330;

const knownTags: ReadonlySet<number> = new Set([
  ...[1, 2, 3, 4, xmpTag, iptcTag, resourcesTag, userCommentTag, orientationTag],
  ...[exifTag, gpsTag, subDirectoriesTag],
  ...Object.keys(textTags).map(Number),
  ...Object.keys(wideTags).map(Number),
]);

const mostDirectories = 20_000;
const mostValueBytes = 4_194_304;

/**
 * Exif, which is TIFF's structure (TIFF 6.0, Exif 2.32): text, position, and XMP and IPTC inside.
 * Directories are each read once, wherever offsets lead. What is outside of the bytes is left out.
 */
export function readExif(bytes: Uint8Array, metadata: ImageMetadata): void {
  const mark = readLatin1(bytes.subarray(0, 2));
  if (bytes.length < 8 || (mark !== 'II' && mark !== 'MM')) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const left = 2 * bytes.length;
  const tiff: Tiff = { bytes, view, littleEndian: mark === 'II', metadata, left };
  const seen = new Set<number>();
  const waiting = [view.getUint32(4, tiff.littleEndian)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    metadata.budget.checkTime();
    if (at < 8 || at + 2 > bytes.length || seen.has(at)) continue;
    seen.add(at);
    if (seen.size > mostDirectories) return;
    waiting.push(...readDirectory(tiff, at, seen.size === 1));
  }
}

/** Returns where further directories are. */
function readDirectory(tiff: Tiff, at: number, isFirst: boolean): number[] {
  const { view, littleEndian, bytes } = tiff;
  const entries = view.getUint16(at, littleEndian);
  const end = at + 2 + entries * 12;
  take(tiff, Math.min(end, bytes.length) - at);
  const further: number[] = [];
  if (end + 4 <= bytes.length) further.push(view.getUint32(end, littleEndian));
  const position: Partial<Record<number, Entry>> = {};
  for (let entryAt = at + 2; entryAt < end && entryAt + 12 <= bytes.length; entryAt += 12) {
    const entry = readEntry(tiff, entryAt);
    if (entry === undefined) continue;
    take(tiff, entry.value.length);
    if (entry.tag === orientationTag) {
      // Of other directories it is a preview's.
      if (isFirst) setOrientation(tiff, entry);
      continue;
    }
    if (entry.tag <= 4) position[entry.tag] = entry;
    if ([exifTag, gpsTag, subDirectoriesTag].includes(entry.tag)) {
      further.push(...offsetsOf(tiff, entry));
    }
    addEntry(tiff, entry);
  }
  addPosition(tiff, position);
  return further;
}

function setOrientation({ metadata, littleEndian }: Tiff, { value }: Entry): void {
  if (value.length < 2) return;
  const orientation = dataView(value).getUint16(0, littleEndian);
  if (orientation >= 1 && orientation <= 8) metadata.orientation = orientation;
}

function take(tiff: Tiff, bytes: number): void {
  tiff.left -= bytes;
  if (tiff.left < 0) throw new UnreadableError('corrupt');
}

function readEntry({ bytes, view, littleEndian }: Tiff, at: number): Entry | undefined {
  const tag = view.getUint16(at, littleEndian);
  if (!knownTags.has(tag)) return undefined;
  const type = view.getUint16(at + 2, littleEndian);
  const size = (typeBytes[type] ?? 0) * view.getUint32(at + 4, littleEndian);
  if (size === 0 || size > mostValueBytes) return undefined;
  const start = size <= 4 ? at + 8 : view.getUint32(at + 8, littleEndian);
  if (start + size > bytes.length) return undefined;
  return { tag, type, value: bytes.subarray(start, start + size) };
}

function offsetsOf(tiff: Tiff, { value }: Entry): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + 4 <= value.length && offsets.length < 256; at += 4) {
    offsets.push(dataView(value).getUint32(at, tiff.littleEndian));
  }
  return offsets;
}

function addEntry({ metadata, littleEndian }: Tiff, { tag, value }: Entry): void {
  const text = textTags[tag];
  const wide = wideTags[tag];
  if (text !== undefined) metadata.add(text, decodeText(value));
  else if (wide !== undefined) metadata.add(wide, new TextDecoder('utf-16le').decode(value));
  else if (tag === userCommentTag) metadata.add('UserComment', decodeComment(value, littleEndian));
  else if (tag === xmpTag) readXmp(value, metadata);
  else if (tag === iptcTag) readIptc(value, metadata);
  else if (tag === resourcesTag) readResources(value, metadata);
}

/** Exif 2.32, 4.6.5: eight bytes tell the characters' encoding. */
function decodeComment(value: Uint8Array, littleEndian: boolean): string {
  const text = value.subarray(8);
  if (!readLatin1(value.subarray(0, 8)).startsWith('UNICODE')) return decodeText(text);
  return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(text);
}

/** Exif 2.32, 4.6.6: tags 1 to 4 of the GPS directory, in degrees, minutes and seconds. */
function addPosition(tiff: Tiff, position: Partial<Record<number, Entry>>): void {
  const latitude = degreesOf(tiff, position[2], position[1]);
  const longitude = degreesOf(tiff, position[4], position[3]);
  if (latitude === undefined || longitude === undefined) return;
  tiff.metadata.add('GPS position', `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
}

function degreesOf(tiff: Tiff, value?: Entry, direction?: Entry): number | undefined {
  if (value?.type !== rationalType || value.value.length < 24 || !direction) return undefined;
  const view = dataView(value.value);
  const parts = [0, 8, 16].map((at) => {
    const divisor = view.getUint32(at + 4, tiff.littleEndian);
    return divisor === 0 ? 0 : view.getUint32(at, tiff.littleEndian) / divisor;
  });
  const [degrees = 0, minutes = 0, seconds = 0] = parts;
  const sum = degrees + minutes / 60 + seconds / 3_600;
  return /^[SW]/i.test(readLatin1(direction.value.subarray(0, 1))) ? -sum : sum;
}

function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
