import { isAsciiLetter, isContinuation, isDigit } from '../byte-classes.ts';

/** What a code point that is none decodes to. */
export const noCodePoint = -1;

/** Gives the length in bytes of the character at `at`; 1 for bytes that are none. */
export function charLength(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] as number;
  const length = byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1;
  if (at + length > end) return 1;
  for (let i = 1; i < length; i++) if (!isContinuation(bytes[at + i] as number)) return 1;
  return length;
}

/** Decodes the character of `length` bytes at `at`; `noCodePoint` for a byte that is none. */
export function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const byte = bytes[at] as number;
  if (length === 1) return byte < 0x80 ? byte : noCodePoint;
  let code = byte & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) code = (code << 6) | ((bytes[at + i] as number) & 0x3f);
  return code;
}

/** Gives the start of the character that ends before `at`, not before `start`. */
export function charStartBefore(bytes: Uint8Array, at: number, start: number): number {
  let i = at - 1;
  const first = Math.max(start, at - 4);
  while (i > first && isContinuation(bytes[i] as number)) i--;
  return charLength(bytes, i, at) === at - i ? i : at - 1;
}

/** Tells whether a letter, digit, mark or underscore of any script is at `at`. */
export function isWordAt(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at] as number;
  if (byte < 0x80) return isAsciiLetter(byte) || isDigit(byte) || byte === 0x5f;
  const code = codePointAt(bytes, at, charLength(bytes, at, end));
  return code !== noCodePoint && /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(code));
}
