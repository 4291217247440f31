/** What modifiers of text say of whether it is seen. */
export interface CharacterModifiers {
  isDeleted?: boolean;
  isHidden?: boolean;
}

/** What modifiers of paragraphs say that shows in their text. */
export interface ParagraphModifiers {
  /** The number of the list it is in, from 1; 0 is none. */
  list?: number;
  /** Of the list, from 0. */
  level?: number;
  isRowEnd?: boolean;
}

const listModifier = 0x460b;
const levelModifier = 0x260a;
const rowEndModifier = 0x2417;
const innerRowEndModifier = 0x244c;
const deletedModifier = 0x0800;
const hiddenModifier = 0x083c;
/** On, and other than the style says, which is mostly off. */
const hiddenValues: ReadonlySet<number> = new Set([1, 0x81]);
const defineTable = 0xd608;
/** Bytes of operands by the upper three bits of a modifier; those of kind 6 tell their own. */
const operandBytes = [1, 1, 2, 4, 2, 2, 0, 3] as const;

/** Reads a list of property modifiers ([MS-DOC] 2.6.2); it ends where it is cut. */
export function readModifiers(bytes: Uint8Array): ParagraphModifiers & CharacterModifiers {
  const found: ParagraphModifiers & CharacterModifiers = {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 3 <= bytes.length; ) {
    const modifier = view.getUint16(at, true);
    at += 2;
    const kind = modifier >> 13;
    let length: number = operandBytes[kind] ?? 1;
    if (kind === 6) {
      // One kind is too long for a byte.
      if (modifier === defineTable)
        length = at + 2 <= bytes.length ? view.getUint16(at, true) + 1 : 1;
      else length = view.getUint8(at) + 1;
    }
    if (at + length > bytes.length) break;
    if (modifier === listModifier) found.list = view.getInt16(at, true);
    else if (modifier === levelModifier) found.level = view.getUint8(at);
    else if (modifier === rowEndModifier || modifier === innerRowEndModifier) {
      found.isRowEnd ||= view.getUint8(at) !== 0;
    } else if (modifier === deletedModifier) found.isDeleted = view.getUint8(at) !== 0;
    else if (modifier === hiddenModifier) found.isHidden = hiddenValues.has(view.getUint8(at));
    at += length;
  }
  return found;
}
