import type { Decoding, TextSink } from './decode-text.ts';
import { type SourceMap, walkCharacters } from './source-map.ts';

const leastBytes = 4_096;
const pieceBytes = 16_384;
const replacement = Buffer.from('\ufffd');

/** Decodes UTF-16 (RFC 2781) of either byte order; lone surrogates become U+FFFD. */
export class Utf16Decoding implements Decoding {
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
    this.encoding = bigEndian ? 'utf-16be' : 'utf-16le';
  }

  push(bytes: Uint8Array): void {
    this.#open = Buffer.concat([this.#open, bytes]);
    if (this.#open.length < leastBytes) return;
    let at = 0;
    while (this.#open.length - at > pieceBytes) at += this.#decode(at, at + pieceBytes);
    if (this.#open.length - at >= leastBytes) at += this.#decode(at, this.#open.length);
    this.#open = Buffer.from(this.#open.subarray(at));
  }

  finish(): void {
    let at = 0;
    while (this.#open.length - at >= 4) at += this.#decode(at, this.#open.length);
    if (this.#open.length - at >= 2) at += this.#emit(this.#open.subarray(at, at + 2));
    const left = this.#open.length - at;
    if (left === 0) return;
    this.undecodable += left;
    this.#map.addDecoded(
      replacement.length,
      left,
      walkCharacters(replacement, () => left),
    );
    this.#sink(replacement);
  }

  /** Decodes whole characters of a stretch of the open bytes; gives how many bytes they were. */
  #decode(from: number, to: number): number {
    let end = to - ((to - from) & 1);
    const high = this.#open[this.#bigEndian ? end - 2 : end - 1] ?? 0;
    if (high >= 0xd8 && high <= 0xdb && end - from > 2) end -= 2;
    return this.#emit(this.#open.subarray(from, end));
  }

  #emit(source: Buffer): number {
    const units = this.#bigEndian ? Buffer.from(source).swap16() : source;
    let text = units.toString('utf16le');
    if (!text.isWellFormed()) {
      const repaired = text.toWellFormed();
      for (let n = 0; n < text.length; n++) if (text[n] !== repaired[n]) this.undecodable += 2;
      text = repaired;
    }
    const bytes = Buffer.from(text, 'utf8');
    const sourceBytes = (utf8Length: number): number => (utf8Length === 4 ? 4 : 2);
    this.#map.addDecoded(bytes.length, source.length, walkCharacters(bytes, sourceBytes));
    this.#sink(bytes);
    return source.length;
  }
}
