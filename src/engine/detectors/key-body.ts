import { isDigit, isLetter, isSpace } from '../byte-classes.ts';
import { byteAt, type TextWindow } from '../detector.ts';

const dash = 0x2d;
const backslash = 0x5c;
const colon = 0x3a;
const equals = 0x3d;
const newline = 0x0a;
const maxHeaderBytes = 256;
const maxHeaders = 12;
/** Shorter runs are words of prose, unless they end a key. */
const minLineChars = 16;
const maxShortTokens = 3;

/** What stands between a key's first line and its last one. */
export interface KeyBody {
  /** Index after the end line, or after the last that reads as a key. */
  end: number;
  /** Whether the end line is there. */
  ended: boolean;
  /** Whether a header or the label says that it is encrypted. */
  encrypted: boolean;
  /** Base64 characters in all, and in the longest run without a blank. */
  chars: number;
  longest: number;
  /** How many different characters there are. */
  distinct: number;
  /** The first characters, at most 64. */
  head: string;
}

/**
 * Reads a PEM-like body from `start` to `limit` at most: base64 in lines or in one piece, also
 * inside a string literal of JSON or code (`\n` as two characters, quotes, `+` between), with
 * headers as in RFC 1421 and RFC 9580. It stops at five dashes and at anything else.
 */
export function readKeyBody(window: TextWindow, start: number, limit: number): KeyBody {
  const body = {
    end: start,
    ended: false,
    encrypted: false,
    chars: 0,
    longest: 0,
    distinct: 0,
    head: '',
  };
  const seen = new Uint8Array(128);
  let shortTokens = 0;
  let padded = false;
  let headers = 0;
  let i = start;
  while (i < limit) {
    const byte = byteAt(window, i);
    if (isBlankLike(byte)) {
      i += byte === backslash && isEscape(byteAt(window, i + 1)) ? 2 : 1;
      continue;
    }
    if (byte === dash) {
      const end = endLine(window, i);
      if (end === undefined) break;
      return { ...body, end, ended: true, distinct: countSeen(seen) };
    }
    // Nothing but a checksum, which starts with `=`, follows the padding.
    if (!isBase64(byte) || (padded && byte !== equals)) break;
    let end = i + 1;
    while (end < limit && (isBase64(byteAt(window, end)) || isInnerDash(window, end))) end++;
    if (byteAt(window, end) === colon) {
      headers++;
      if (headers > maxHeaders || body.chars > 0) break;
      const header = readHeader(window, end);
      body.encrypted ||= header.encrypted;
      i = header.end;
      continue;
    }
    const length = end - i;
    shortTokens = length < minLineChars ? shortTokens + 1 : 0;
    if (shortTokens === maxShortTokens) break;
    for (let n = i; n < end; n++) seen[byteAt(window, n) & 127] = 1;
    if (body.head.length < 64) body.head += readAscii(window, i, Math.min(end, i + 64));
    body.chars += length;
    body.longest = Math.max(body.longest, length);
    if (length >= minLineChars || (body.end > start && shortTokens === 1)) body.end = end;
    padded = byteAt(window, end - 1) === equals;
    i = end;
  }
  return { ...body, distinct: countSeen(seen) };
}

function countSeen(seen: Uint8Array): number {
  return seen.reduce((sum, n) => sum + n, 0);
}

/** Reads ASCII bytes as a string. */
export function readAscii(window: TextWindow, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(byteAt(window, i) & 127);
  return text;
}

/** The index after `-----END …-----`; undefined when the dashes begin something else. */
function endLine(window: TextWindow, start: number): number | undefined {
  let i = start;
  while (byteAt(window, i) === dash && i < start + 5) i++;
  if (byteAt(window, i) === 0x20) i++;
  if (i - start < 4 || readAscii(window, i, i + 4) !== 'END ') return undefined;
  const limit = i + 64;
  while (i < limit && byteAt(window, i) !== dash) i++;
  const dashes = i;
  while (byteAt(window, i) === dash && i < dashes + 5) i++;
  return i;
}

function readHeader(window: TextWindow, colonAt: number): { end: number; encrypted: boolean } {
  let end = colonAt + 1;
  const limit = colonAt + maxHeaderBytes;
  for (; end < limit; end++) {
    const byte = byteAt(window, end);
    if (byte === newline || byte === 0) break;
    if (byte === backslash && isEscape(byteAt(window, end + 1))) break;
  }
  return { end, encrypted: readAscii(window, colonAt, end).includes('ENCRYPTED') };
}

function isBase64(byte: number): boolean {
  if (byte >= 0x80) return false;
  return isLetter(byte) || isDigit(byte) || byte === 0x2b || byte === 0x2f || byte === 0x3d;
}

/** A hyphen in the name of a header such as `Proc-Type`. */
function isInnerDash(window: TextWindow, index: number): boolean {
  return byteAt(window, index) === dash && isLetter(byteAt(window, index + 1));
}

/** Blanks, and what a string literal, a quote or a comment puts around and between lines. */
function isBlankLike(byte: number): boolean {
  return (
    isSpace(byte) ||
    byte === backslash ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte === 0x2c ||
    byte === 0x3e ||
    byte === 0x23 ||
    byte === 0x2a ||
    byte === 0x7c
  );
}

/** `\n`, `\r` and `\t` as two characters. */
function isEscape(byte: number): boolean {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}
