import { isAscii, isUtf8 } from 'node:buffer';
import type { Place } from '../engine/types.ts';
import { guessEncoding, isIso2022Jp } from './guess-encoding.ts';
import { guessUtf16 } from './guess-utf16.ts';
import { SourceMap } from './source-map.ts';
import { Utf8Decoding } from './utf8-decoding.ts';
import { countSequences, openTailLength } from './utf8-sequences.ts';
import { Utf16Decoding } from './utf16-decoding.ts';
import { guessUtf32, Utf32Decoding } from './utf32-decoding.ts';

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
   * UTF-32 is told by its mark, UTF-16 by its mark or its NULs. Everything else starts as UTF-8,
   * with or without a mark, unless the head, or the encoding the text has `declared`, speaks for
   * another, and becomes another where it is not well-formed: see `Utf8Decoding`.
   * Places can be mapped until `keepBytes` more text has come.
   */
  constructor(
    head: Uint8Array,
    options: { sink: TextSink; keepBytes: number; declared?: string | undefined },
  ) {
    const sink: TextSink = (text) => {
      if (!this.#nulBytes && text.includes(0)) this.#nulBytes = true;
      options.sink(text);
    };
    const declared = readLabel(options.declared);
    const utf32 = guessUtf32(head);
    const utf16 = guessUtf16(head) ?? declaredUtf16(head, declared);
    this.#skip = markLength(head);
    this.#map = new SourceMap(options.keepBytes, this.#skip);
    if (utf32 !== undefined) {
      this.#decoding = new Utf32Decoding(this.#map, sink, { bigEndian: utf32 === 'utf-32be' });
    } else if (utf16 !== undefined) {
      this.#decoding = new Utf16Decoding(this.#map, sink, { bigEndian: utf16 === 'utf-16be' });
    } else {
      const expected = expectedEncoding(head, declared);
      this.#decoding = new Utf8Decoding(this.#map, sink, { marked: this.#skip > 0, expected });
    }
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

/** The name of a declared encoding (WHATWG Encoding, section 4.2); undefined when there is none. */
function readLabel(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return undefined;
  }
}

/** A text that is not marked and says it is UTF-16 may have no NUL in its first bytes. */
function declaredUtf16(
  head: Uint8Array,
  declared: string | undefined,
): 'utf-16le' | 'utf-16be' | undefined {
  if (declared !== 'utf-16le' && declared !== 'utf-16be') return undefined;
  return isWellFormed(head) ? undefined : declared;
}

/** The encoding a text starts in, when it is not UTF-8 and not Windows-1252. */
function expectedEncoding(head: Uint8Array, declared: string | undefined): string | undefined {
  if (isIso2022Jp(head)) return 'iso-2022-jp';
  const isPlain = isAscii(head);
  if (!isPlain && isWellFormed(head)) return undefined;
  const isTold = declared !== undefined && !/^(?:utf-|windows-1252$|replacement$)/.test(declared);
  if (isTold) return declared;
  if (isPlain) return undefined;
  const { wellFormed, illFormed } = countSequences(head);
  if (wellFormed >= illFormed) return undefined;
  const guessed = guessEncoding(head);
  return guessed === 'windows-1252' ? undefined : guessed;
}

function isWellFormed(head: Uint8Array): boolean {
  return isUtf8(head.subarray(0, head.length - openTailLength(head)));
}

/** Length of the byte order mark, 0 to 4 (Unicode 16, section 23.8). */
function markLength(head: Uint8Array): number {
  if (guessUtf32(head) !== undefined) return 4;
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  const [first, second] = head;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 2 : 0;
}
