/** How many source bytes one UTF-8 character of a piece stands for. */
export type SourceStep = (textBytes: Uint8Array, at: number) => number;

interface Piece {
  textStart: number;
  sourceStart: number;
  /** Null when text and source are the same bytes. */
  text: Uint8Array | null;
  /** Source bytes of the character at an index of `text`. */
  step: SourceStep;
}

/**
 * Maps offsets of decoded text back to the source file, exactly and in bounded memory: pieces of
 * text are remembered until `keepBytes` more text has come. Within a piece an offset is found by
 * walking its characters, so pieces must be small where the encodings differ.
 */
export class SourceMap {
  readonly #keepBytes: number;
  #pieces: Piece[] = [];
  #textLength = 0;
  #sourceLength: number;

  /** `sourceStart` is how many bytes of the source come before the text, such as a mark. */
  constructor(keepBytes: number, sourceStart: number) {
    this.#keepBytes = keepBytes;
    this.#sourceLength = sourceStart;
  }

  /** Adds text that is the same bytes in the source. */
  addSame(length: number): void {
    const last = this.#pieces.at(-1);
    if (last === undefined || last.text !== null) this.#add(null, () => 1);
    this.#textLength += length;
    this.#sourceLength += length;
  }

  /** Adds decoded text that stands for `sourceBytes` bytes; it is kept, not copied. */
  addDecoded(text: Uint8Array, sourceBytes: number, step: SourceStep): void {
    this.#add(text, step);
    this.#textLength += text.length;
    this.#sourceLength += sourceBytes;
    this.#forget();
  }

  /** Gives the source offset of a text offset at a character's start (or the text's end). */
  sourceOffset(textOffset: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.textStart ?? 0) <= textOffset) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    if (piece === undefined) return this.#sourceLength;
    const { text, step } = piece;
    if (text === null) return piece.sourceStart + textOffset - piece.textStart;
    let source = piece.sourceStart;
    let at = 0;
    while (at < Math.min(text.length, textOffset - piece.textStart)) {
      source += step(text, at);
      at += utf8Length(text[at] ?? 0);
    }
    return source;
  }

  #add(text: Uint8Array | null, step: SourceStep): void {
    this.#pieces.push({
      textStart: this.#textLength,
      sourceStart: this.#sourceLength,
      text,
      step,
    });
  }

  #forget(): void {
    const oldest = this.#textLength - this.#keepBytes;
    let stale = 0;
    while ((this.#pieces[stale + 1]?.textStart ?? Number.POSITIVE_INFINITY) <= oldest) stale++;
    if (stale > 0) this.#pieces = this.#pieces.slice(stale);
  }
}

/** Length of a UTF-8 character from its first byte (RFC 3629). */
export function utf8Length(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
