import type { ReadBudget } from '../../read-budget.ts';
import { decodeCodePage } from '../code-pages.ts';
import { ByteCursor, decodeUtf16 } from '../ole/byte-cursor.ts';

/** A property that has text or bytes; numbers and times are passed over. */
export interface MapiProperty {
  /** An identifier of [MS-OXPROPS]; from 0x8000 on it stands for `name`. */
  id: number;
  name: string | undefined;
  value: string | Uint8Array;
}

const firstNamed = 0x8000;
const isMultiple = 0x1000;
/** Bytes of values of a fixed size, by type ([MS-OXCDATA] 2.11.1), each filled up to four. */
const fixedBytes: Readonly<Record<number, number>> = {
  1: 0,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const narrowText = 0x1e;
const wideText = 0x1f;
const variable: ReadonlySet<number> = new Set([0x0d, narrowText, wideText, 0x0102]);

/**
 * Reads the properties in a TNEF attribute ([MS-OXTNEF] 2.1.3.4), as far as they go.
 *
 * @throws {RangeError} at one that is cut off or of a type there is not.
 */
export function* readMapiProperties(
  bytes: Uint8Array,
  { codePage, budget }: { codePage: number; budget: ReadBudget },
): Iterable<MapiProperty> {
  const cursor = new ByteCursor(bytes);
  for (let left = cursor.uint32(); left > 0; left--) {
    budget.checkTime();
    const type = cursor.uint16();
    const id = cursor.uint16();
    const name = id >= firstNamed ? readName(cursor) : undefined;
    const base = type & ~isMultiple;
    const size = fixedBytes[base];
    if (size !== undefined) {
      const count = (type & isMultiple) === 0 ? 1 : cursor.uint32();
      cursor.take(size * count);
      continue;
    }
    if (!variable.has(base)) throw new RangeError('no type of a property');
    for (let values = cursor.uint32(); values > 0; values--) {
      const value = takePadded(cursor);
      if (base === wideText) yield { id, name, value: withoutNuls(decodeUtf16(value)) };
      else if (base !== narrowText) yield { id, name, value };
      else yield { id, name, value: withoutNuls(decodeCodePage(codePage, value)) };
    }
  }
}

/** The name of a named property; undefined when it is named by a number. */
function readName(cursor: ByteCursor): string | undefined {
  cursor.take(16);
  if (cursor.uint32() === 0) {
    cursor.take(4);
    return undefined;
  }
  return withoutNuls(decodeUtf16(takePadded(cursor)));
}

function takePadded(cursor: ByteCursor): Uint8Array {
  const length = cursor.uint32();
  const bytes = cursor.take(length);
  cursor.take(Math.min(cursor.left, (4 - (length % 4)) % 4));
  return bytes;
}

function withoutNuls(text: string): string {
  return text.replaceAll('\0', '');
}
