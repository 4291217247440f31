export const tarBlockBytes = 512;

/** The header block of a TAR's entry. */
export interface TarHeader {
  name: string;
  linkName: string;
  /** Of the data behind the header, in bytes. */
  size: number;
  /** One character (POSIX.1-2017 pax, ustar; GNU tar adds letters). */
  type: string;
  /** GNU's old format for sparse files goes on in the next block. */
  isExtended: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('windows-1252');

/** Tells a header, by its first 512 bytes, from its checksum: those before ustar have nothing else. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < tarBlockBytes || block[0] === 0) return false;
  const told = readNumber(block, 148, 8);
  let unsigned = 8 * 0x20;
  let signed = unsigned;
  for (let at = 0; at < tarBlockBytes; at++) {
    if (at >= 148 && at < 156) continue;
    const byte = block[at] as number;
    unsigned += byte;
    // Some old writers added signed characters.
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  return told === unsigned || told === signed;
}

/** Reads a header block; undefined when it is none. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  const size = readNumber(block, 124, 12);
  if (!isTarHeader(block) || size === undefined) return undefined;
  const magic = latin.decode(block.subarray(257, 263));
  const prefix = magic === 'ustar\0' ? readTarText(block.subarray(345, 500)) : '';
  const name = readTarText(block.subarray(0, 100));
  const type = String.fromCharCode(block[156] as number);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: readTarText(block.subarray(157, 257)),
    size,
    type,
    isExtended: type === 'S' && block[482] !== 0,
  };
}

/** Text up to its first NUL; what is no UTF-8 is Windows-1252. */
export function readTarText(field: Uint8Array): string {
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  try {
    return utf8.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
}

/** Octal digits, or big-endian with the first bit set (GNU); undefined when neither. */
function readNumber(block: Uint8Array, at: number, length: number): number | undefined {
  const field = block.subarray(at, at + length);
  const first = field[0] ?? 0;
  if (first === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^ *([0-7]*)[ \0]*(?:\0|$)/.exec(latin.decode(field))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
}
