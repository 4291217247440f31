import type { ReadBudget } from '../../read-budget.ts';
import { decodeCodePage } from '../code-pages.ts';
import { ByteCursor, beforeNul, decodeUtf16 } from './byte-cursor.ts';

export interface DocumentProperty {
  name: string;
  value: string;
}

/** Names of the properties worth reading, by identifier ([MS-OLEPS] 3.1, [MS-OSHARED] 2.3.3). */
const summaryNames: Readonly<Record<number, string>> = {
  2: 'Title',
  3: 'Subject',
  4: 'Author',
  5: 'Keywords',
  6: 'Comments',
  7: 'Template',
  8: 'Last author',
  11: 'Printed',
  12: 'Created',
  13: 'Saved',
  18: 'Application',
};

const documentNames: Readonly<Record<number, string>> = {
  2: 'Category',
  14: 'Manager',
  15: 'Company',
  26: 'Content type',
  27: 'Content status',
  28: 'Language',
  29: 'Document version',
};

/** First fields of the format identifiers of the sets that have names. */
const summarySet = 0xf29f85e0;
const documentSet = 0xd5cdd502;
const ownSet = 0xd5cdd505;

const mostSets = 16;
const mostVectorItems = 10_000;

/**
 * Reads a stream of property sets ([MS-OLEPS] 2.21): title, author and others, and those that
 * people made up. What is broken is left out.
 */
export function readPropertySets(bytes: Uint8Array, budget: ReadBudget): DocumentProperty[] {
  const cursor = new ByteCursor(bytes, 24);
  const count = Math.min(cursor.uint32(), mostSets);
  const sets: { kind: number; at: number }[] = [];
  for (let n = 0; n < count && cursor.left >= 20; n++) {
    const kind = cursor.uint32();
    cursor.at += 12;
    sets.push({ kind, at: cursor.uint32() });
  }
  return sets.flatMap(({ kind, at }) => {
    if (kind === summarySet) return readSet(bytes, { at, names: summaryNames, budget });
    if (kind === documentSet) return readSet(bytes, { at, names: documentNames, budget });
    return kind === ownSet ? readSet(bytes, { at, names: undefined, budget }) : [];
  });
}

interface SetOptions {
  at: number;
  /** Undefined when the set's own dictionary names them. */
  names: Readonly<Record<number, string>> | undefined;
  budget: ReadBudget;
}

function readSet(bytes: Uint8Array, { at, names, budget }: SetOptions): DocumentProperty[] {
  if (at + 8 > bytes.length) return [];
  const cursor = new ByteCursor(bytes, at + 4);
  const count = Math.min(cursor.uint32(), Math.floor(cursor.left / 8));
  const offsets = new Map<number, number>();
  for (let n = 0; n < count; n++) {
    const id = cursor.uint32();
    offsets.set(id, at + cursor.uint32());
  }
  const codePage = readCodePage(bytes, offsets.get(1));
  const ownNames = readDictionary(bytes, { at: offsets.get(0), codePage });
  const properties: DocumentProperty[] = [];
  // Values of a sane set are no more than its bytes; of another they may overlap.
  let room = bytes.length;
  for (const [id, offset] of offsets) {
    budget.checkTime();
    const name = names === undefined ? ownNames.get(id) : names[id];
    if (name === undefined || id === 0 || room < 0) continue;
    const value = readProperty(bytes, { at: offset, codePage });
    room -= value.length;
    if (value.trim() !== '') properties.push({ name, value });
  }
  return properties;
}

function readCodePage(bytes: Uint8Array, at: number | undefined): number {
  if (at === undefined || at + 6 > bytes.length) return 1252;
  return new ByteCursor(bytes, at + 4).uint16();
}

/** Names of properties that people made up ([MS-OLEPS] 2.17). */
function readDictionary(
  bytes: Uint8Array,
  { at, codePage }: { at: number | undefined; codePage: number },
): Map<number, string> {
  const names = new Map<number, string>();
  if (at === undefined || at + 4 > bytes.length) return names;
  const cursor = new ByteCursor(bytes, at);
  const count = Math.min(cursor.uint32(), Math.floor(cursor.left / 8));
  try {
    for (let n = 0; n < count; n++) {
      const id = cursor.uint32();
      const length = cursor.uint32();
      if (codePage === 1200) {
        names.set(id, beforeNul(cursor.utf16(length)));
        cursor.at += (4 - ((length * 2) % 4)) % 4;
      } else {
        names.set(id, beforeNul(decodeCodePage(codePage, cursor.take(length))));
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return names;
}

function readProperty(
  bytes: Uint8Array,
  { at, codePage }: { at: number; codePage: number },
): string {
  try {
    const cursor = new ByteCursor(bytes, at);
    return readValue(cursor, { type: cursor.uint32() & 0xffff, codePage });
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

const vector = 0x1000;
const variant = 0x0c;

/** A typed value as text; empty when its type has none ([MS-OLEPS] 2.15). */
function readValue(
  cursor: ByteCursor,
  { type, codePage }: { type: number; codePage: number },
): string {
  if ((type & vector) !== 0) {
    const values: string[] = [];
    const count = Math.min(cursor.uint32(), mostVectorItems);
    for (let n = 0; n < count; n++) {
      const itemType = (type & ~vector) === variant ? cursor.uint32() & 0xffff : type & ~vector;
      if ((itemType & vector) !== 0 || itemType === variant) break;
      values.push(readValue(cursor, { type: itemType, codePage }));
    }
    return values.join(', ');
  }
  switch (type) {
    case 2:
      return String(cursor.int16());
    case 3:
    case 22:
      return String(cursor.int32());
    case 5:
      return String(cursor.float64());
    case 11:
      return cursor.uint16() === 0 ? 'false' : 'true';
    case 8:
    case 30: {
      const text = cursor.take(cursor.uint32());
      return beforeNul(codePage === 1200 ? decodeUtf16(text) : decodeCodePage(codePage, text));
    }
    case 31:
      return beforeNul(cursor.utf16(cursor.uint32()));
    case 64:
      return cursor.fileTime();
    default:
      return '';
  }
}
