/** Encodings of one to four bytes a character that keep ASCII (WHATWG Encoding, sections 10–13). */
export const multiByteEncodings = ['shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5'] as const;

export type MultiByteEncoding = (typeof multiByteEncodings)[number];

export function isMultiByte(encoding: string): encoding is MultiByteEncoding {
  return (multiByteEncodings as readonly string[]).includes(encoding);
}

/**
 * Length of the character at `at`, by its form alone; minus the length when its bytes cannot be
 * one; 0 when the end of `bytes` cuts it off.
 */
export function characterAt(encoding: MultiByteEncoding, bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf) return 1;
  if (!isLead(encoding, lead)) return -1;
  const trail = bytes[at + 1];
  if (trail === undefined) return 0;
  if (encoding === 'euc-jp' && lead === 0x8f) {
    if (trail < 0xa1 || trail === 0xff) return -1;
    const third = bytes[at + 2];
    if (third === undefined) return 0;
    return third >= 0xa1 && third <= 0xfe ? 3 : -2;
  }
  if (encoding === 'gb18030' && trail >= 0x30 && trail <= 0x39) {
    if (at + 3 >= bytes.length) return 0;
    const [third = 0, fourth = 0] = bytes.subarray(at + 2, at + 4);
    return third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39 ? 4 : -1;
  }
  return isTrail(encoding, trail) ? 2 : -1;
}

function isLead(encoding: MultiByteEncoding, byte: number): boolean {
  if (encoding === 'shift_jis') return byte >= 0x81 && byte <= 0xfc && byte !== 0xa0;
  if (encoding === 'euc-jp') return byte === 0x8e || byte === 0x8f || (byte >= 0xa1 && byte < 0xff);
  return byte >= 0x81 && byte <= 0xfe;
}

function isTrail(encoding: MultiByteEncoding, byte: number): boolean {
  if (encoding === 'euc-jp') return byte >= 0xa1 && byte <= 0xfe;
  if (encoding === 'shift_jis') return byte >= 0x40 && byte <= 0xfc && byte !== 0x7f;
  if (encoding === 'euc-kr') return byte >= 0x41 && byte <= 0xfe;
  if (encoding === 'gb18030') return byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
  return (byte >= 0x40 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xfe);
}
