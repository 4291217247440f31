import { detectTextType } from './detect-text-type.ts';
import { detectZipType } from './detect-zip-type.ts';
import { isTarHeader } from './formats/archive/tar-header.ts';
import { guessUtf16 } from './guess-utf16.ts';
import { guessUtf32, readUtf32 } from './utf32-decoding.ts';

/** How many first bytes are enough for `detectMediaType`. */
export const mediaTypeHeadBytes = 4_100;

/** Bytes that start a format: at `offset`, as a Latin-1 string. */
interface Magic {
  mediaType: string;
  offset?: number;
  bytes: string;
}

/** Magic numbers as in the formats' specifications and the IANA media type registry. */
const magics: readonly Magic[] = [
  { mediaType: 'application/pdf', bytes: '%PDF-' },
  { mediaType: 'application/gzip', bytes: '\x1f\x8b\x08' },
  { mediaType: 'application/x-xz', bytes: '\xfd7zXZ\0' },
  { mediaType: 'application/zstd', bytes: '\x28\xb5\x2f\xfd' },
  { mediaType: 'application/x-lz4', bytes: '\x04\x22\x4d\x18' },
  { mediaType: 'application/x-7z-compressed', bytes: '7z\xbc\xaf\x27\x1c' },
  { mediaType: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
  { mediaType: 'application/x-tar', offset: 257, bytes: 'ustar' },
  { mediaType: 'application/vnd.ms-cab-compressed', bytes: 'MSCF\0\0\0\0' },
  { mediaType: 'application/ms-tnef', bytes: '\x78\x9f\x3e\x22' },
  { mediaType: 'application/x-ole-storage', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  // Excel 2, 3 and 4 begin with the record of a worksheet ([MS-XLS] 2.4.21 and before).
  { mediaType: 'application/vnd.ms-excel', bytes: '\x09\0\x04\0\x02\0\x10\0' },
  { mediaType: 'application/vnd.ms-excel', bytes: '\x09\0\x04\0\x07\0\x10\0' },
  { mediaType: 'application/vnd.ms-excel', bytes: '\x09\x02\x06\0\0\0\x10\0' },
  { mediaType: 'application/vnd.ms-excel', bytes: '\x09\x04\x06\0\0\0\x10\0' },
  { mediaType: 'application/rtf', bytes: '{\\rtf' },
  { mediaType: 'application/vnd.sqlite3', bytes: 'SQLite format 3\0' },
  { mediaType: 'application/vnd.apache.parquet', bytes: 'PAR1' },
  { mediaType: 'application/vnd.apache.avro', bytes: 'Obj\x01' },
  { mediaType: 'application/vnd.apache.orc', bytes: 'ORC\n' },
  { mediaType: 'application/vnd.apache.arrow.file', bytes: 'ARROW1\0\0' },
  { mediaType: 'application/x-hdf5', bytes: '\x89HDF\r\n\x1a\n' },
  { mediaType: 'application/vnd.ms-outlook-pst', bytes: '!BDN' },
  { mediaType: 'application/x-executable', bytes: '\x7fELF' },
  { mediaType: 'application/x-mach-binary', bytes: '\xcf\xfa\xed\xfe' },
  { mediaType: 'application/java-vm', bytes: '\xca\xfe\xba\xbe' },
  { mediaType: 'application/wasm', bytes: '\0asm' },
  { mediaType: 'application/postscript', bytes: '%!PS' },
  { mediaType: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { mediaType: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { mediaType: 'image/gif', bytes: 'GIF87a' },
  { mediaType: 'image/gif', bytes: 'GIF89a' },
  { mediaType: 'image/tiff', bytes: 'II*\0' },
  { mediaType: 'image/tiff', bytes: 'MM\0*' },
  { mediaType: 'image/vnd.adobe.photoshop', bytes: '8BPS' },
  { mediaType: 'image/x-icon', bytes: '\0\0\x01\0' },
  { mediaType: 'audio/mpeg', bytes: 'ID3' },
  { mediaType: 'audio/flac', bytes: 'fLaC' },
  { mediaType: 'audio/ogg', bytes: 'OggS' },
  { mediaType: 'audio/midi', bytes: 'MThd' },
  { mediaType: 'video/x-matroska', bytes: '\x1aE\xdf\xa3' },
  { mediaType: 'video/x-flv', bytes: 'FLV\x01' },
  { mediaType: 'font/woff', bytes: 'wOFF' },
  { mediaType: 'font/woff2', bytes: 'wOF2' },
  { mediaType: 'font/ttf', bytes: '\0\x01\0\0\0' },
  { mediaType: 'font/otf', bytes: 'OTTO' },
  { mediaType: 'application/x-iso9660-image', offset: 32_769, bytes: 'CD001' },
];

/**
 * Tells the media type of a file from its first bytes (`mediaTypeHeadBytes` are enough): by magic
 * number, else `text/plain`, `application/json`, `application/xml`, `text/csv` or what
 * `detectTextType` tells when it reads as text, else `application/octet-stream`. An empty file is
 * `text/plain`.
 */
export function detectMediaType(head: Uint8Array): string {
  const latin = readLatin1(head);
  return (
    magicType(latin) ??
    bzip2Type(latin) ??
    detectZipType(latin) ??
    riffType(latin) ??
    isoMediaType(latin) ??
    latePdfType(latin) ??
    tarType(head) ??
    textType(head)
  );
}

function magicType(latin: string): string | undefined {
  if (latin.startsWith('MZ') && latin.slice(2, 64).includes('\0')) {
    return 'application/vnd.microsoft.portable-executable';
  }
  if (latin.startsWith('BM') && latin.slice(6, 10) === '\0\0\0\0') return 'image/bmp';
  return magics.find(({ bytes, offset = 0 }) => latin.startsWith(bytes, offset))?.mediaType;
}

/**
 * PDF readers take a header anywhere in the first 1,024 bytes; text that only speaks of one has no
 * object after it.
 */
function latePdfType(latin: string): string | undefined {
  const at = latin.search(/%PDF-\d\.\d/);
  if (at < 0 || at > 1_024) return undefined;
  return /[\r\n]\d{1,10} \d{1,5} obj\b/.test(latin.slice(at)) ? 'application/pdf' : undefined;
}

/** BZIP2: its level, then the mark of a block or, without one, of the end. */
function bzip2Type(latin: string): string | undefined {
  const level = latin.charCodeAt(3) - 0x30;
  const isBzip2 = latin.startsWith('BZh') && level >= 1 && level <= 9;
  const hasMark = ['1AY&SY', '\x17rE8P\x90'].some((mark) => latin.startsWith(mark, 4));
  return isBzip2 && hasMark ? 'application/x-bzip2' : undefined;
}

/** TAR before ustar has no magic number, but a checksum. */
function tarType(head: Uint8Array): string | undefined {
  return isTarHeader(head) ? 'application/x-tar' : undefined;
}

function riffType(latin: string): string | undefined {
  if (!latin.startsWith('RIFF')) return undefined;
  const kinds: Record<string, string> = {
    WEBP: 'image/webp',
    WAVE: 'audio/wav',
    'AVI ': 'video/x-msvideo',
  };
  return kinds[latin.slice(8, 12)];
}

/** ISO base media files (ISO/IEC 14496-12): a `ftyp` box first, its brand tells which. */
function isoMediaType(latin: string): string | undefined {
  if (latin.slice(4, 8) !== 'ftyp') return undefined;
  const brand = latin.slice(8, 12);
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^hei[cfx]|^mif1/.test(brand)) return 'image/heic';
  if (brand.startsWith('avif')) return 'image/avif';
  return brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4';
}

function textType(head: Uint8Array): string {
  const text = readText(head);
  if (text === undefined) return 'application/octet-stream';
  const start = text.trimStart();
  const type = detectTextType(start);
  if (type !== undefined) return type;
  if (/<office:document\s[^>]*urn:oasis:names:tc:opendocument:/.test(start)) {
    return flatOpenDocumentType(start);
  }
  if (/^<\?xml\b|^<[a-z_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*["']|>)/i.test(start))
    return 'application/xml';
  if (/^[[{]\s*(?:["{[\d\]}]|-\d|true|false|null)/.test(start) && /["\d\]}]/.test(start)) {
    return 'application/json';
  }
  return isCsv(start) ? 'text/csv' : 'text/plain';
}

/** OpenDocument in one file (OpenDocument 1.3, part 3, 3.1.2); a text where its start does not tell. */
function flatOpenDocumentType(start: string): string {
  const kind = /office:mimetype="application\/vnd\.oasis\.opendocument\.(\w+)/.exec(start)?.[1];
  const known = ['graphics', 'presentation', 'spreadsheet'].find((one) => one === kind);
  return `application/vnd.oasis.opendocument.${known ?? 'text'}-flat-xml`;
}

/** Reads the head as text; undefined when it is none: NULs or many control characters. */
function readText(head: Uint8Array): string | undefined {
  const utf32 = guessUtf32(head);
  if (utf32 !== undefined) return readUtf32(head, utf32 === 'utf-32be');
  const utf16 = guessUtf16(head);
  if (utf16 !== undefined) {
    return new TextDecoder(utf16).decode(head.subarray(0, head.length & ~1));
  }
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return undefined;
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) controls++;
  }
  if (controls * 20 > head.length) return undefined;
  return new TextDecoder('utf-8').decode(head);
}

/** At least two lines with the same number, at least two, of the same separator. */
function isCsv(text: string): boolean {
  const lines = text
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => line !== '')
    .slice(0, 5);
  if (lines.length < 2) return false;
  return [',', ';', '\t'].some((separator) => {
    const counts = new Set(
      lines.map((line) => line.replace(/"[^"]*"/g, '').split(separator).length),
    );
    const [columns = 0] = counts;
    return counts.size === 1 && columns >= 2 && !lines.some((line) => /[.!?:]$/.test(line));
  });
}

function readLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
