import { alphabets } from './token-format.ts';
import type { TokenCheck } from './token-match.ts';

const base62 = alphabets['alnum'] ?? '';
const suffixChars = 6;
/** What GitHub writes numbers with: digits, capitals, small letters. */
const base62Digits = `${base62.slice(0, 10)}${base62.slice(36)}${base62.slice(10, 36)}`;

/**
 * Checks the last six characters of a token such as GitHub's and npm's: the CRC-32 of what comes
 * between prefix and suffix, in base 62 (GitHub: Behind GitHub’s new authentication token
 * formats). One wrong stays a suspicion, since not every issuer of the format keeps the sum.
 */
export function checkCrc32Suffix(token: string): TokenCheck {
  const body = token.slice(token.indexOf('_') + 1, -suffixChars);
  return toBase62(crc32(body)) === token.slice(-suffixChars)
    ? { validator: 'crc32:passed', base: 0.98 }
    : { validator: 'crc32:failed', base: 0.6 };
}

/** CRC-32 of ISO 3309 and ITU-T V.42, as in PNG and gzip, of an ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffff_ffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}

/** The CRC-32 suffix of a token's body. */
export function toBase62(value: number): string {
  let text = '';
  for (let rest = value; text.length < suffixChars; rest = Math.floor(rest / 62)) {
    text = base62Digits.charAt(rest % 62) + text;
  }
  return text;
}
