/** Gives the source bytes that the first `textBytes` bytes of a piece stand for. */
export type ToSource = (textBytes: number) => number;

interface Piece {
  textStart: number;
  sourceStart: number;
  /** Null when text and source are the same bytes. */
  toSource: ToSource | null;
}

/**
 * Maps offsets of decoded text back to the source file, exactly and in bounded memory: a piece is
 * remembered until `keepBytes` more text has come.
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
    if (this.#pieces.at(-1)?.toSource !== null) this.#add(null);
    this.#textLength += length;
    this.#sourceLength += length;
  }

  /** Adds decoded text; pieces should be small, since `toSource` may walk one. */
  addDecoded(textLength: number, sourceLength: number, toSource: ToSource): void {
    this.#add(toSource);
    this.#textLength += textLength;
    this.#sourceLength += sourceLength;
    this.#forget();
  }

  /** Gives the source offset of a text offset that is at a character's start or the text's end. */
  sourceOffset(textOffset: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.textStart ?? 0) <= textOffset) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    if (piece === undefined || textOffset >= this.#textLength) return this.#sourceLength;
    const inPiece = textOffset - piece.textStart;
    return piece.sourceStart + (piece.toSource === null ? inPiece : piece.toSource(inPiece));
  }

  #add(toSource: ToSource | null): void {
    const piece = { textStart: this.#textLength, sourceStart: this.#sourceLength, toSource };
    this.#pieces.push(piece);
  }

  #forget(): void {
    const oldest = this.#textLength - this.#keepBytes;
    let stale = 0;
    while ((this.#pieces[stale + 1]?.textStart ?? Number.POSITIVE_INFINITY) <= oldest) stale++;
    if (stale > 0) this.#pieces = this.#pieces.slice(stale);
  }
}

/**
 * Makes a `ToSource` for text each of whose characters stands for `sourceBytes(utf8Length)` bytes.
 */
export function walkCharacters(
  text: Uint8Array,
  sourceBytes: (utf8Length: number) => number,
): ToSource {
  return (textBytes) => {
    let source = 0;
    for (let at = 0; at < Math.min(textBytes, text.length); ) {
      const length = utf8Length(text[at] ?? 0);
      source += sourceBytes(length);
      at += length;
    }
    return source;
  };
}

/** Length of a UTF-8 character from its first byte (RFC 3629). */
function utf8Length(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
