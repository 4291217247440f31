import type { ReadBudget } from '../../read-budget.ts';

export const commentLabel = 0xfe;
export const plainTextLabel = 0x01;
export const applicationLabel = 0xff;

/** A block of a GIF file (GIF89a, section 12): an image, or an extension by its label. */
export interface GifBlock {
  kind: 'image' | 'extension';
  /** 0 of an image. */
  label: number;
  start: number;
  /** Where its data is, in pieces that each begin with their length. */
  dataStart: number;
  end: number;
}

/** Walks the blocks of a GIF file up to what is none. */
export function* listGifBlocks(bytes: Uint8Array, budget: ReadBudget): Iterable<GifBlock> {
  let at = 13 + colorTableBytes(bytes[10]);
  while (at + 2 <= bytes.length) {
    budget.checkTime();
    const start = at;
    if (bytes[at] === 0x21) {
      const dataStart = at + 2;
      at = endOfPieces(bytes, dataStart);
      yield { kind: 'extension', label: bytes[start + 1] ?? 0, start, dataStart, end: at };
    } else if (bytes[at] === 0x2c) {
      const dataStart = at + 10 + colorTableBytes(bytes[at + 9]) + 1;
      at = endOfPieces(bytes, dataStart);
      yield { kind: 'image', label: 0, start, dataStart, end: at };
    } else {
      return;
    }
  }
}

/** The data of a block, piece by piece. */
export function* listPieces(bytes: Uint8Array, { dataStart }: GifBlock): Iterable<Uint8Array> {
  let at = dataStart;
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) {
    yield bytes.subarray(at + 1, at + 1 + size);
    at += 1 + size;
  }
}

function endOfPieces(bytes: Uint8Array, dataStart: number): number {
  let at = dataStart;
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) at += 1 + size;
  return at + 1;
}

function colorTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
