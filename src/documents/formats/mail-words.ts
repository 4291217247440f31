import { isUtf8 } from 'node:buffer';
import { guessEncoding } from '../guess-encoding.ts';

/** `=?charset*language?B or Q?text?=` (RFC 2047, section 2; RFC 2231, section 5). */
const encodedWord = /=\?([^?*\s]{1,60})(?:\*[^?\s]{0,20})?\?([bq])\?([^?]*)\?=/gi;

/** Decodes bytes of an encoding by its name; by what they look like when it is unknown. */
export function decodeCharset(bytes: Uint8Array, charset: string | undefined): string {
  if (charset !== undefined && !/^(?:us-)?ascii$|^utf-?8$/i.test(charset)) {
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // A name nobody knows says nothing.
    }
  }
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : guessEncoding(bytes)).decode(bytes);
}

/**
 * Text of a header field, from its bytes without line ends: encoded words decoded (RFC 2047), the
 * rest as UTF-8 (RFC 6532) or what it looks like. Words of one encoding next to each other are
 * decoded as one, since a character may be in two.
 */
export function decodeMailWords(bytes: Uint8Array): string {
  const text = decodeCharset(bytes, undefined);
  if (!text.includes('=?')) return text;
  let decoded = '';
  let end = 0;
  let word: { charset: string; bytes: Buffer[] } | undefined;
  const finishWord = (): void => {
    if (word !== undefined) decoded += decodeCharset(Buffer.concat(word.bytes), word.charset);
    word = undefined;
  };
  for (const match of text.matchAll(encodedWord)) {
    const [whole, charset = '', kind = '', encoded = ''] = match;
    const between = text.slice(end, match.index);
    const isNext = word !== undefined && /^\s*$/.test(between);
    if (!isNext || word?.charset !== charset) finishWord();
    if (!isNext) decoded += between;
    word ??= { charset, bytes: [] };
    word.bytes.push(/q/i.test(kind) ? decodeQ(encoded) : Buffer.from(encoded, 'base64'));
    end = match.index + whole.length;
  }
  finishWord();
  return decoded + text.slice(end);
}

/** The `Q` encoding (RFC 2047, section 4.2). */
function decodeQ(text: string): Buffer {
  return decodePercents(text.replaceAll('_', ' '), /=([0-9a-f]{2})/gi);
}

/** Bytes of a text in which some are written in hexadecimal, as `pattern` matches them. */
export function decodePercents(text: string, pattern: RegExp): Buffer {
  const pieces: Buffer[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push(Buffer.from(text.slice(end, match.index)));
    pieces.push(Buffer.of(Number.parseInt(match[1] ?? '', 16)));
    end = match.index + match[0].length;
  }
  pieces.push(Buffer.from(text.slice(end)));
  return Buffer.concat(pieces);
}
