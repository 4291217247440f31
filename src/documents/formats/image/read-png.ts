import { inflateSync } from 'node:zlib';
import { UnreadableError } from '../../reader.ts';
import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';
import { readExif } from './read-exif.ts';
import { readIptc, readResources } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

const signatureBytes = 8;
const mostTextBytes = 16_777_216;
const xmpKeyword = 'XML:com.adobe.xmp';

/** PNG (ISO/IEC 15948, clause 11): chunks with text, and Exif. */
export function readPng(bytes: Uint8Array, metadata: ImageMetadata): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signatureBytes; at + 12 <= bytes.length; ) {
    metadata.budget.checkTime();
    const length = view.getUint32(at);
    const type = readLatin1(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'eXIf') readExif(data, metadata);
    else if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') {
      readTextChunk(type, data, metadata);
    }
    at += 12 + length;
  }
}

function readTextChunk(type: string, data: Uint8Array, metadata: ImageMetadata): void {
  const keyword = readLatin1(data.subarray(0, Math.max(0, data.subarray(0, 80).indexOf(0))));
  if (keyword === '') return;
  const rest = data.subarray(keyword.length + 1);
  if (type === 'tEXt') {
    addText(keyword, rest, metadata);
  } else if (type === 'zTXt') {
    addText(keyword, inflate(rest.subarray(1), metadata), metadata);
  } else {
    // A flag, a method, a language and the keyword in it, each of these two closed by a NUL.
    const language = rest.indexOf(0, 2);
    const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
    if (translated < 0) return;
    const text = rest.subarray(translated + 1);
    addText(keyword, rest[0] === 1 ? inflate(text, metadata) : text, metadata);
  }
}

function addText(keyword: string, text: Uint8Array, metadata: ImageMetadata): void {
  const profile = /^Raw profile type (\w+)$/.exec(keyword)?.[1]?.toLowerCase();
  if (keyword === xmpKeyword) readXmp(text, metadata);
  else if (profile === undefined) metadata.add(keyword, decodeText(text));
  else readProfile(profile, text, metadata);
}

/** As ImageMagick writes Exif, IPTC and XMP: a name, a length, and the bytes as hexadecimal. */
function readProfile(profile: string, text: Uint8Array, metadata: ImageMetadata): void {
  const lines = readLatin1(text).trim().split('\n').slice(2).join('');
  const bytes = Buffer.from(lines.replace(/\s/g, ''), 'hex');
  const exif = bytes.indexOf('Exif\0\0');
  if (profile === 'xmp') readXmp(bytes, metadata);
  else if (profile === 'exif' || profile === 'app1') {
    if (exif >= 0) readExif(bytes.subarray(exif + 6), metadata);
    else readXmp(bytes.subarray(Math.max(0, bytes.indexOf('<'))), metadata);
  } else if (profile === 'iptc' || profile === '8bim') {
    if (bytes[0] === 0x1c) readIptc(bytes, metadata);
    else readResources(bytes, metadata);
  }
}

/** @throws {UnreadableError} `ratio`; broken data counts as `corrupt`. */
function inflate(data: Uint8Array, { budget }: ImageMetadata): Uint8Array {
  const { ratio, ratioFromBytes } = budget.limits;
  const most = Math.min(mostTextBytes, Math.max(ratioFromBytes, data.length * ratio));
  try {
    const text = inflateSync(data, { maxOutputLength: most });
    budget.takeExpanded(text.length);
    return text;
  } catch (error) {
    const isTooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableError(isTooLarge ? 'ratio' : 'corrupt', { cause: error });
  }
}
