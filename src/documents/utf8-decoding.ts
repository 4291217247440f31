import { isAscii, isUtf8 } from 'node:buffer';
import type { Decoding, TextSink } from './decode-text.ts';
import { guessEncoding } from './guess-encoding.ts';
import { decodeLegacy, fitsEncoding, wholeLength } from './legacy-decoding.ts';
import { type SourceMap, walkCharacters } from './source-map.ts';
import { countSequences, findIllFormed, openTailLength, utf8SequenceAt } from './utf8-sequences.ts';
import { decodeWindows1252 } from './windows-1252.ts';

const segmentBytes = 16_384;
/** So many ill-formed bytes in a segment of a text that was UTF-8 are no accident any more. */
const leastOfOtherEncoding = 3;
const replacement = [0xef, 0xbf, 0xbd] as const;

/**
 * Passes UTF-8 through as it is, checked but not copied. Where bytes are not well-formed a segment
 * of 16 KB starts, decoded by what it is mostly: another encoding – Windows-1252, if it does not
 * speak clearly for one – if it has more ill-formed bytes than well-formed multi-byte characters,
 * else UTF-8 with U+FFFD for what is broken; one or two such bytes in a text that has been UTF-8 so
 * far are damage, not another encoding. After a segment of UTF-8 or Windows-1252 the text is taken
 * as UTF-8 again, so nothing is read twice and a file may change its encoding, as logs of several
 * machines do; after one of another encoding the next is expected to be in that, unless it is UTF-8
 * or cannot be. With a byte order mark it is always UTF-8.
 * Segments start at a byte, not at a chunk, so the result is the same in any chunking.
 */
export class Utf8Decoding implements Decoding {
  readonly #map: SourceMap;
  readonly #sink: TextSink;
  readonly #marked: boolean;
  /** The beginning of a character whose rest has not come. */
  #tail: Uint8Array = new Uint8Array(0);
  #segment: Uint8Array | null = null;
  #segmentLength = 0;
  #multiByte = false;
  /** Encodings other than UTF-8 that were met. */
  readonly #others = new Set<string>();
  /** What the next segment is expected to be in. */
  #expected: string | undefined;
  undecodable = 0;

  /** `expected` is another encoding that the text starts in, as `TextDecoder` names it. */
  constructor(
    map: SourceMap,
    sink: TextSink,
    options: { marked: boolean; expected?: string | undefined },
  ) {
    this.#map = map;
    this.#sink = sink;
    this.#marked = options.marked;
    this.#expected = options.marked ? undefined : options.expected;
    if (this.#expected !== undefined) this.#startSegment(new Uint8Array(0));
  }

  get encoding(): string {
    const others = [...this.#others];
    return (this.#multiByte || others.length === 0 ? ['utf-8', ...others] : others).join('+');
  }

  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#segment !== null) {
        rest = this.#fillSegment(this.#segment, rest);
        if (this.#segmentLength === segmentBytes) this.#endSegment(false);
      } else {
        rest = this.#pass(this.#tail.length > 0 ? Buffer.concat([this.#tail, rest]) : rest);
      }
    }
  }

  finish(): void {
    if (this.#segment !== null) this.#endSegment(true);
    while (this.#tail.length > 0) {
      this.#startSegment(this.#tail);
      this.#endSegment(true);
    }
  }

  /** Passes on what is well-formed; gives what is left when something is not. */
  #pass(bytes: Uint8Array): Uint8Array {
    const whole = bytes.subarray(0, bytes.length - openTailLength(bytes));
    if (isUtf8(whole)) {
      this.#emitSame(whole);
      this.#tail = bytes.slice(whole.length);
      return bytes.subarray(bytes.length);
    }
    const at = findIllFormed(whole);
    this.#emitSame(whole.subarray(0, at));
    this.#tail = new Uint8Array(0);
    this.#startSegment(new Uint8Array(0));
    return bytes.subarray(at);
  }

  #emitSame(text: Uint8Array): void {
    if (text.length === 0) return;
    if (!this.#multiByte && !isAscii(text)) this.#multiByte = true;
    this.#map.addSame(text.length);
    this.#sink(text);
  }

  #startSegment(first: Uint8Array): void {
    this.#segment = new Uint8Array(segmentBytes);
    this.#segment.set(first);
    this.#segmentLength = first.length;
    this.#tail = new Uint8Array(0);
  }

  #fillSegment(segment: Uint8Array, bytes: Uint8Array): Uint8Array {
    const taken = Math.min(bytes.length, segmentBytes - this.#segmentLength);
    segment.set(bytes.subarray(0, taken), this.#segmentLength);
    this.#segmentLength += taken;
    return bytes.subarray(taken);
  }

  #endSegment(isLast: boolean): void {
    const bytes = (this.#segment ?? new Uint8Array(0)).subarray(0, this.#segmentLength);
    const open = isLast ? 0 : openTailLength(bytes);
    const whole = bytes.subarray(0, bytes.length - open);
    this.#segment = null;
    this.#segmentLength = 0;
    this.#tail = bytes.slice(whole.length);
    if (this.#expected !== undefined && this.#endExpected(bytes, isLast)) return;
    const { wellFormed, illFormed } = countSequences(whole);
    const isStray = this.#multiByte && illFormed < leastOfOtherEncoding;
    if (illFormed === 0) this.#emitSame(whole);
    else if (this.#marked || isStray || wellFormed > illFormed) this.#emitRepaired(whole);
    else this.#emitOther(bytes, whole, isLast);
  }

  /** Ends a segment of a text in another encoding; false when this one is not in it any more. */
  #endExpected(bytes: Uint8Array, isLast: boolean): boolean {
    const encoding = this.#expected ?? '';
    this.#expected = undefined;
    const { wellFormed, illFormed } = countSequences(bytes);
    if (wellFormed > illFormed) return false;
    if (!fitsEncoding(encoding, bytes)) return false;
    this.#emitLegacy(bytes, encoding, isLast);
    return true;
  }

  #emitOther(bytes: Uint8Array, whole: Uint8Array, isLast: boolean): void {
    const encoding = guessEncoding(bytes);
    if (encoding === 'windows-1252') this.#emitWindows1252(whole);
    else this.#emitLegacy(bytes, encoding, isLast);
  }

  #emitLegacy(bytes: Uint8Array, encoding: string, isLast: boolean): void {
    const length = isLast ? bytes.length : wholeLength(encoding, bytes) || bytes.length;
    const whole = bytes.subarray(0, length);
    const tail = bytes.slice(length);
    if (!isAscii(whole) || encoding === 'iso-2022-jp') this.#others.add(encoding);
    this.undecodable += decodeLegacy(whole, { encoding, map: this.#map, sink: this.#sink });
    this.#tail = new Uint8Array(0);
    this.#expected = encoding;
    if (!isLast) this.#startSegment(tail);
  }

  #emitWindows1252(source: Uint8Array): void {
    const { text, undefinedBytes } = decodeWindows1252(source);
    this.#others.add('windows-1252');
    this.undecodable += undefinedBytes;
    const toSource = walkCharacters(text, () => 1);
    this.#map.addDecoded(text.length, source.length, toSource);
    this.#sink(text);
  }

  #emitRepaired(source: Uint8Array): void {
    const text = new Uint8Array(source.length * replacement.length);
    let length = 0;
    for (let at = 0; at < source.length; ) {
      const sequence = utf8SequenceAt(source, at);
      if (sequence > 0) {
        if (sequence > 1) this.#multiByte = true;
        text.set(source.subarray(at, at + sequence), length);
        length += sequence;
      } else {
        this.undecodable -= sequence;
        text.set(replacement, length);
        length += replacement.length;
      }
      at += Math.abs(sequence);
    }
    this.#map.addDecoded(length, source.length, (textBytes) => repairedToSource(source, textBytes));
    this.#sink(text.subarray(0, length));
  }
}

/** Walks a repaired segment to the source offset of a text offset. */
function repairedToSource(source: Uint8Array, textBytes: number): number {
  let text = 0;
  let at = 0;
  while (text < textBytes && at < source.length) {
    const sequence = utf8SequenceAt(source, at);
    text += sequence > 0 ? sequence : replacement.length;
    at += Math.abs(sequence);
  }
  return at;
}
