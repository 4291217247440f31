/** Tests on single UTF-8 bytes, as in `../../byte-classes.ts`. */

export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

export function isUpper(byte: u32): bool {
  return byte - 0x41 < 26;
}

export function isLower(byte: u32): bool {
  return byte - 0x61 < 26;
}

export function isAsciiLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26;
}

export function isContinuation(byte: u32): bool {
  return (byte & 0xc0) === 0x80;
}

/** First byte of a character that may be a sign, or a word of its own in Chinese or Japanese. */
export function isWide(byte: u32): bool {
  return byte === 0xc2 || byte - 0xe2 < 14;
}
