import type { Decoding, TextSink } from './decode-text.ts';
import { type SourceMap, walkCharacters } from './source-map.ts';

const pieceBytes = 16_384;

/**
 * Tells UTF-32 by its byte order mark (Unicode 16, section 3.10), which is four bytes. That of
 * little-endian UTF-32 may also be the mark of UTF-16 and a NUL, so what follows has to be text.
 */
export function guessUtf32(head: Uint8Array): 'utf-32le' | 'utf-32be' | undefined {
  const [first, second, third, fourth] = head;
  const isLittle = first === 0xff && second === 0xfe && third === 0 && fourth === 0;
  const isBig = first === 0 && second === 0 && third === 0xfe && fourth === 0xff;
  if ((!isLittle && !isBig) || head.length < 8) return undefined;
  const text = Array.from(readUtf32(head.subarray(4), isBig));
  if (/(?![\t\r\n])[\p{Cc}\ufffd]/u.test(text.join(''))) return undefined;
  const usual = text.filter((character) => character < '\ud800').length;
  if (usual * 2 < text.length) return undefined;
  return isLittle ? 'utf-32le' : 'utf-32be';
}

/** Decodes UTF-32 of either byte order; what is no character becomes U+FFFD. */
export class Utf32Decoding implements Decoding {
  readonly encoding: string;
  readonly #map: SourceMap;
  readonly #sink: TextSink;
  readonly #bigEndian: boolean;
  #open = Buffer.alloc(0);
  undecodable = 0;

  constructor(map: SourceMap, sink: TextSink, { bigEndian }: { bigEndian: boolean }) {
    this.#map = map;
    this.#sink = sink;
    this.#bigEndian = bigEndian;
    this.encoding = bigEndian ? 'utf-32be' : 'utf-32le';
  }

  push(bytes: Uint8Array): void {
    this.#open = Buffer.concat([this.#open, bytes]);
    let at = 0;
    while (this.#open.length - at >= pieceBytes) {
      this.#emit(this.#open.subarray(at, at + pieceBytes));
      at += pieceBytes;
    }
    if (at > 0) this.#open = Buffer.from(this.#open.subarray(at));
  }

  finish(): void {
    const whole = this.#open.length & ~3;
    if (whole > 0) this.#emit(this.#open.subarray(0, whole));
    const left = this.#open.length - whole;
    if (left === 0) return;
    const replacement = Buffer.from('\ufffd');
    this.undecodable += left;
    const toSource = walkCharacters(replacement, () => left);
    this.#map.addDecoded(replacement.length, left, toSource);
    this.#sink(replacement);
  }

  #emit(source: Buffer): void {
    const text = readUtf32(source, this.#bigEndian);
    for (let at = 0; at < text.length; at++) if (text[at] === '\ufffd') this.undecodable += 4;
    const bytes = Buffer.from(text);
    this.#map.addDecoded(
      bytes.length,
      source.length,
      walkCharacters(bytes, () => 4),
    );
    this.#sink(bytes);
  }
}

/** Decodes whole units; U+FFFD stands for what is no character. */
export function readUtf32(bytes: Uint8Array, bigEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~3);
  let text = '';
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, !bigEndian);
    const isCharacter = code < 0xd800 || (code > 0xdfff && code <= 0x10ffff);
    text += isCharacter ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}
