import type { Place } from '../engine/types.ts';
import { guessUtf16 } from './guess-utf16.ts';
import { SourceMap } from './source-map.ts';
import { Utf8Decoding } from './utf8-decoding.ts';
import { Utf16Decoding } from './utf16-decoding.ts';

/** Receives decoded text (UTF-8) as it comes; the bytes must not be kept or changed. */
export type TextSink = (text: Uint8Array) => void;

/** One encoding's way from source bytes to text, in any chunking. */
export interface Decoding {
  /** The encoding as far as it is known, as an IANA name; two joined by `+` when it changed. */
  readonly encoding: string;
  /** Source bytes that could not be decoded and became U+FFFD. */
  readonly undecodable: number;
  push(bytes: Uint8Array): void;
  finish(): void;
}

/** Decodes one text; `mapPlace` turns places in the text into places in the source. */
export class TextDecoding {
  readonly #decoding: Decoding;
  readonly #map: SourceMap;
  #nulBytes = false;
  #skip: number;
  readonly mapPlace = (place: Place): Place => {
    const offset = this.#map.sourceOffset(place.offset);
    const end = this.#map.sourceOffset(place.offset + place.length);
    return { ...place, offset, length: end - offset };
  };

  /**
   * `head` is the first bytes of the source (4 KB are enough; they are pushed again by the caller).
   * UTF-16 is told by its mark or its NULs. Everything else starts as UTF-8, with or without a
   * mark, and becomes Windows-1252 where it is not well-formed: see `Utf8Decoding`.
   * Places can be mapped until `keepBytes` more text has come.
   */
  constructor(head: Uint8Array, options: { sink: TextSink; keepBytes: number }) {
    const sink: TextSink = (text) => {
      if (!this.#nulBytes && text.includes(0)) this.#nulBytes = true;
      options.sink(text);
    };
    const utf16 = guessUtf16(head);
    this.#skip = markLength(head);
    this.#map = new SourceMap(options.keepBytes, this.#skip);
    this.#decoding =
      utf16 === undefined
        ? new Utf8Decoding(this.#map, sink, { marked: this.#skip > 0 })
        : new Utf16Decoding(this.#map, sink, { bigEndian: utf16 === 'utf-16be' });
  }

  get encoding(): string {
    return this.#decoding.encoding;
  }

  /** Source bytes that became U+FFFD so far. */
  get undecodable(): number {
    return this.#decoding.undecodable;
  }

  /** Whether the text has NUL characters, which a text has not. */
  get hasNuls(): boolean {
    return this.#nulBytes;
  }

  push(bytes: Uint8Array): void {
    const skipped = Math.min(this.#skip, bytes.length);
    this.#skip -= skipped;
    if (skipped < bytes.length) this.#decoding.push(bytes.subarray(skipped));
  }

  finish(): void {
    this.#decoding.finish();
  }
}

/** Length of the byte order mark, 0 to 3 (Unicode 16, section 23.8). */
function markLength(head: Uint8Array): number {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  const [first, second] = head;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 2 : 0;
}
