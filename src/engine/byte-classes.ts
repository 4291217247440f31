/**
 * Tests on single UTF-8 bytes. Every byte of a multi-byte character counts as a letter, so a word
 * in any script is one run and a boundary is never inside a character.
 */

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function isLetter(byte: number): boolean {
  return byte >= 0x80 || isAsciiLetter(byte);
}

export function isLetterOrDigit(byte: number): boolean {
  return isLetter(byte) || isDigit(byte);
}

export function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

export function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Space, tab, line feed, vertical tab, form feed or carriage return. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** True for the second, third and fourth byte of a UTF-8 character. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
