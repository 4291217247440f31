import { ByteCursor } from '../ole/byte-cursor.ts';
import { formatListNumber } from '../ooxml/list-number-format.ts';
import { bytesIn, type FileInformation } from './file-information-block.ts';

const mostLevels = 9;
const definitionBytes = 28;
const instanceBytes = 16;
const mostLabelCharacters = 255;

/** Number formats ([MS-OSHARED] 2.2.1.3) by their names in Office Open XML. */
const formats: Readonly<Record<number, string>> = {
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
};

interface Level {
  start: number;
  format: string;
  /** Code units below 9 stand for the number of a level. */
  text: string;
  isLegal: boolean;
  isRestarted: boolean;
}

interface List {
  levels: (Level | undefined)[];
  /** Shared by the lists of one definition, which count on. */
  counters: (number | undefined)[];
  starts: (number | undefined)[];
  isUsed: boolean;
}

interface Definition {
  levels: Level[];
  counters: (number | undefined)[];
}

/** Counts the paragraphs of lists ([MS-DOC] 2.4.6.3), as Word does when it shows them. */
export class ListLabels {
  readonly #definitions = new Map<number, Definition>();
  readonly #lists: List[] = [];

  /** Reads the tables of lists, as far as they are there. */
  constructor(table: Uint8Array, information: FileInformation) {
    try {
      this.#readDefinitions(table, information);
      this.#readLists(bytesIn(table, information.lists));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Counts a paragraph and gives the label it is shown with; empty when it has none. */
  take(number: number, level: number): string {
    const list = this.#lists[number - 1];
    const current = list?.levels[level];
    if (list === undefined || current === undefined) return '';
    const { counters, levels } = list;
    if (!list.isUsed) {
      list.isUsed = true;
      for (const [n, start] of list.starts.entries()) {
        if (start !== undefined) counters[n] = start - 1;
      }
    }
    counters[level] = (counters[level] ?? current.start - 1) + 1;
    for (let n = 0; n < level; n++) counters[n] ??= levels[n]?.start ?? 1;
    for (let n = level + 1; n < mostLevels; n++) {
      if (levels[n]?.isRestarted !== false) counters[n] = undefined;
    }
    return makeLabel(list, current);
  }

  /** Definitions are first, then the levels of all of them. */
  #readDefinitions(table: Uint8Array, { listDefinitions }: FileInformation): void {
    const { offset, length } = listDefinitions;
    if (length < 2 || offset + length > table.length) return;
    const cursor = new ByteCursor(table, offset);
    const count = cursor.uint16();
    const definitions: { id: number; levels: number }[] = [];
    for (let n = 0; n < count; n++) {
      const bytes = new ByteCursor(cursor.take(definitionBytes));
      const id = bytes.uint32();
      bytes.at = 26;
      definitions.push({ id, levels: (bytes.uint8() & 1) === 0 ? mostLevels : 1 });
    }
    cursor.at = offset + length;
    for (const { id, levels } of definitions) {
      const read = Array.from({ length: levels }, () => readLevel(cursor));
      this.#definitions.set(id, { levels: read, counters: [] });
    }
  }

  /** Lists are of a definition, and may have levels of their own. */
  #readLists(bytes: Uint8Array): void {
    const cursor = new ByteCursor(bytes);
    if (cursor.left < 4) return;
    const count = cursor.uint32();
    const overrides: number[] = [];
    for (let n = 0; n < count; n++) {
      const instance = new ByteCursor(cursor.take(instanceBytes));
      const definition = this.#definitions.get(instance.uint32());
      instance.at = 12;
      overrides.push(instance.uint8());
      const levels = [...(definition?.levels ?? [])];
      const counters = definition?.counters ?? [];
      this.#lists.push({ levels, counters, starts: [], isUsed: false });
    }
    for (const [n, list] of this.#lists.entries()) {
      cursor.at += 4;
      for (let left = overrides[n] ?? 0; left > 0; left--) readOverride(cursor, list);
    }
  }
}

function readOverride(cursor: ByteCursor, list: List): void {
  const start = cursor.uint32();
  const flags = cursor.uint32();
  const level = flags & 0x0f;
  const isFormatted = (flags & 0x20) !== 0;
  if (isFormatted) list.levels[level] = readLevel(cursor);
  if ((flags & 0x10) !== 0) list.starts[level] = isFormatted ? list.levels[level]?.start : start;
}

function readLevel(cursor: ByteCursor): Level {
  const start = cursor.int32();
  const format = formats[cursor.uint8()] ?? 'decimal';
  const flags = cursor.uint8();
  cursor.at += 18;
  const characterBytes = cursor.uint8();
  const paragraphBytes = cursor.uint8();
  cursor.at += 2 + characterBytes + paragraphBytes;
  const text = cursor.utf16(cursor.uint16()).slice(0, mostLabelCharacters);
  return { start, format, text, isLegal: (flags & 4) !== 0, isRestarted: (flags & 8) === 0 };
}

function makeLabel({ levels, counters }: List, { format, text, isLegal }: Level): string {
  let label = '';
  for (const character of text) {
    const n = character.charCodeAt(0);
    if (n >= mostLevels) {
      // Symbol fonts have their bullets in the private use area.
      label += n >= 0xf000 && n <= 0xf0ff ? '\u00b7' : character;
    } else if (format !== 'bullet' && format !== 'none') {
      const own = levels[n]?.format ?? 'decimal';
      label += formatListNumber(counters[n] ?? 0, isLegal && own !== 'none' ? 'decimal' : own);
    }
  }
  return label.slice(0, mostLabelCharacters);
}
