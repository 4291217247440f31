import { decodeCodePage } from '../code-pages.ts';
import { ByteCursor, decodeUtf16 } from '../ole/byte-cursor.ts';
import { bytesIn, type FileInformation } from './file-information-block.ts';

/** A stretch of text that is in one place of the stream; positions count characters. */
interface Piece {
  start: number;
  end: number;
  /** In bytes of the stream. */
  offset: number;
  isWide: boolean;
}

/** A character, and what follows it in the same place. */
export interface CharacterPlace {
  /** In bytes of the stream. */
  offset: number;
  characterBytes: number;
  /** Characters up to the end of the piece. */
  left: number;
}

const chunkCharacters = 16_384;
const multiByteCodePages: ReadonlySet<number> = new Set([932, 936, 949, 950]);
/** In an `fc`: the text is of one byte a character, at half the offset ([MS-DOC] 2.9.73). */
const compressed = 0x40000000;

/** The text of a document, put together from its pieces ([MS-DOC] 2.4.1). */
export class TextPieces {
  readonly #stream: Uint8Array;
  readonly #pieces: Piece[];
  readonly #codePage: number;
  /** In characters. */
  readonly length: number;
  /** Whether pieces were missing, wrong, or more than the stream can hold. */
  readonly isDamaged: boolean;

  constructor(stream: Uint8Array, table: Uint8Array, information: FileInformation) {
    this.#stream = stream;
    this.#codePage = information.codePage;
    const read = readPieces(bytesIn(table, information.pieceTable), information);
    const pieces = read ?? [singlePiece(information)];
    const sane = keepSane(pieces, stream.length);
    this.#pieces = sane;
    this.length = sane.at(-1)?.end ?? 0;
    const isLost = read === undefined && !information.isOld;
    this.isDamaged = isLost || sane.length < pieces.length;
  }

  /** Gives the text between two positions, in chunks. */
  *textOf(start: number, end: number): Iterable<string> {
    const pieces = this.#pieces;
    for (let n = this.#findPiece(start); n < pieces.length; n++) {
      const piece = pieces[n];
      if (piece === undefined || piece.start >= end) return;
      const to = Math.min(piece.end, end);
      for (let at = Math.max(piece.start, start); at < to; ) {
        const end = this.#chunkEnd(piece, { start: at, end: to });
        yield this.#decode(piece, { start: at, end });
        at = end;
      }
    }
  }

  /** Where a character is in the stream; undefined when it is in no piece. */
  findPlace(position: number): CharacterPlace | undefined {
    const piece = this.#pieces[this.#findPiece(position)];
    if (piece === undefined || position < piece.start) return undefined;
    const characterBytes = piece.isWide ? 2 : 1;
    const offset = piece.offset + (position - piece.start) * characterBytes;
    return { offset, characterBytes, left: piece.end - position };
  }

  /** Where a chunk may end that does not cut a character. */
  #chunkEnd(piece: Piece, { start, end }: { start: number; end: number }): number {
    if (end - start <= chunkCharacters) return end;
    const chunkEnd = start + chunkCharacters;
    // Characters of one or two bytes can only be told from their start.
    if (!piece.isWide) return multiByteCodePages.has(this.#codePage) ? end : chunkEnd;
    const high = this.#stream[piece.offset + (chunkEnd - piece.start) * 2 - 1] ?? 0;
    return high >= 0xd8 && high <= 0xdb ? chunkEnd - 1 : chunkEnd;
  }

  #decode(piece: Piece, { start, end }: { start: number; end: number }): string {
    const width = piece.isWide ? 2 : 1;
    const from = piece.offset + (start - piece.start) * width;
    const bytes = this.#stream.subarray(from, from + (end - start) * width);
    return piece.isWide ? decodeUtf16(bytes) : decodeCodePage(this.#codePage, bytes);
  }

  /** The number of the first piece that ends behind a position. */
  #findPiece(position: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.end ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Reads the piece table at the end of a CLX ([MS-DOC] 2.9.38); undefined when there is none. */
function readPieces(clx: Uint8Array, { isOld }: FileInformation): Piece[] | undefined {
  const cursor = new ByteCursor(clx);
  // Property modifiers come first.
  while (cursor.left > 3 && cursor.uint8() === 1) {
    const length = cursor.uint16();
    cursor.take(Math.min(length, cursor.left));
  }
  cursor.at -= 1;
  if (cursor.left < 5 || cursor.uint8() !== 2) return undefined;
  const length = Math.min(cursor.uint32(), cursor.left);
  const count = Math.floor((length - 4) / 12);
  if (count < 1) return undefined;
  const positions = Array.from({ length: count + 1 }, () => cursor.uint32());
  const pieces: Piece[] = [];
  for (let n = 0; n < count; n++) {
    cursor.at += 2;
    const place = cursor.uint32();
    cursor.at += 2;
    const isWide = !isOld && (place & compressed) === 0;
    const offset = isOld || isWide ? place : (place & ~compressed) >>> 1;
    pieces.push({ start: positions[n] ?? 0, end: positions[n + 1] ?? 0, offset, isWide });
  }
  return pieces;
}

function singlePiece({ text, hasWideText, stories }: FileInformation): Piece {
  const { offset, length } = text;
  const told = Object.values(stories).reduce((sum, characters) => sum + characters, 0);
  const isWide = hasWideText && told * 2 <= length + 2;
  return { start: 0, end: isWide ? Math.floor(length / 2) : length, offset, isWide };
}

/**
 * Keeps pieces that follow each other, are in the stream, and are together no longer than it:
 * a piece of a sane document shares no bytes with another.
 */
function keepSane(pieces: readonly Piece[], streamBytes: number): Piece[] {
  let position = 0;
  let room = streamBytes;
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const width = piece.isWide ? 2 : 1;
    const bytes = (piece.end - piece.start) * width;
    const isSane = piece.start >= position && bytes >= 0 && piece.offset + bytes <= streamBytes;
    if (!isSane || bytes > room) continue;
    kept.push(piece);
    position = piece.end;
    room -= bytes;
  }
  return kept;
}
