import { isAscii } from 'node:buffer';
import { guessMultiByte } from './guess-multi-byte.ts';
import { guessSingleByte } from './guess-single-byte.ts';

/**
 * Guesses the encoding of a text that is not UTF-8 from bytes of it (a few kilobytes are plenty):
 * those of several bytes a character by the characters they would give, others by how often which
 * letters come in a language. Gives a name `TextDecoder` knows, `windows-1252` when nothing speaks
 * clearly for another.
 */
export function guessEncoding(sample: Uint8Array): string {
  return guessMultiByte(sample) ?? guessSingleByte(sample);
}

/** The escapes of ISO-2022-JP (RFC 1468) in a text that is ASCII otherwise. */
export function isIso2022Jp(sample: Uint8Array): boolean {
  const text = Buffer.from(sample.buffer, sample.byteOffset, sample.length);
  return ['\u001b$B', '\u001b$@'].some((sequence) => text.includes(sequence)) && isAscii(text);
}
