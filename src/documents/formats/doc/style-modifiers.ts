import { ByteCursor } from '../ole/byte-cursor.ts';
import { type ParagraphModifiers, readModifiers } from './property-modifiers.ts';

const mostBases = 32;
const paragraphStyle = 1;

interface Style {
  base: number;
  modifiers: ParagraphModifiers;
}

/** What styles say of their paragraphs ([MS-DOC] 2.9.271): a heading may be in a list by its style. */
export class StyleModifiers {
  readonly #styles: (Style | undefined)[] = [];

  /** Reads a style sheet, as far as it is there. */
  constructor(sheet: Uint8Array) {
    const cursor = new ByteCursor(sheet);
    if (cursor.left < 8) return;
    const headerBytes = cursor.uint16();
    const count = cursor.uint16();
    const fixedBytes = cursor.uint16();
    cursor.at = headerBytes + 2;
    for (let n = 0; n < count && cursor.left >= 2; n++) {
      const length = cursor.uint16();
      this.#styles.push(readStyle(cursor.take(Math.min(length, cursor.left)), fixedBytes));
    }
  }

  /** What a style says, with what it leaves to those it is based on. */
  of(style: number): ParagraphModifiers {
    let merged: ParagraphModifiers = {};
    let next = this.#styles[style];
    for (let n = 0; n < mostBases && next !== undefined; n++) {
      merged = { ...next.modifiers, ...merged };
      next = this.#styles[next.base];
    }
    return merged;
  }
}

function readStyle(bytes: Uint8Array, fixedBytes: number): Style | undefined {
  if (bytes.length < fixedBytes + 4 || fixedBytes < 10) return undefined;
  const cursor = new ByteCursor(bytes, 2);
  const kindAndBase = cursor.uint16();
  const base = kindAndBase >> 4;
  if ((kindAndBase & 0x0f) !== paragraphStyle) return { base, modifiers: {} };
  cursor.at = fixedBytes;
  const nameBytes = cursor.uint16() * 2 + 2;
  if (nameBytes + 4 > cursor.left) return { base, modifiers: {} };
  cursor.at += nameBytes;
  const length = cursor.uint16();
  // The number of the style comes before its modifiers.
  const modifiers = cursor.take(Math.min(length, cursor.left)).subarray(2);
  return { base, modifiers: readModifiers(modifiers) };
}
