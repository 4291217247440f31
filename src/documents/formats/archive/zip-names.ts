import { crc32 } from 'node:zlib';

/** IBM code page 437 from 0x80 on, which APPNOTE.TXT (appendix D) names for names without a flag. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const unicodePathField = 0x7075;
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** A ZIP's name or comment; what is no UTF-8, flagged or not, is code page 437. */
export function decodeZipText(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return lenientUtf8.decode(bytes);
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return Array.from(bytes, decode437).join('');
  }
}

/** An entry's name: Info-ZIP's Unicode path (APPNOTE.TXT 4.6.9) when it belongs to the name. */
export function decodeZipName(
  name: Uint8Array,
  { extra, isUtf8 }: { extra: Uint8Array; isUtf8: boolean },
): string {
  const field = findExtraField(extra, unicodePathField);
  if (field !== undefined && field.length > 5 && field[0] === 1) {
    const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
    if (view.getUint32(1, true) === crc32(name)) return lenientUtf8.decode(field.subarray(5));
  }
  return decodeZipText(name, isUtf8);
}

/** Finds an extra field's data (APPNOTE.TXT 4.5); undefined when it is missing or cut off. */
export function findExtraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const fieldId = readUint16(extra, at);
    const end = at + 4 + readUint16(extra, at + 2);
    if (end > extra.length) return undefined;
    if (fieldId === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function decode437(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (codePage437[byte - 0x80] ?? '');
}
