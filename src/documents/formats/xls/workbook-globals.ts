import type { ReadBudget } from '../../read-budget.ts';
import { builtInFormat, NumberFormat } from '../number-format.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { BiffRecord, BiffRecords } from './biff-records.ts';
import { ContinuedStrings, readString } from './biff-strings.ts';

export interface SheetInformation {
  name: string;
  isHidden: boolean;
}

/** Excel 5 and 95, of which 2 to 4 differ in records, not in the encoding of text; and 97 to 2003. */
const firstUnicodeVersion = 8;

/** What the sheets of a workbook share: texts, formats, names of sheets ([MS-XLS] 2.1.7.20.3). */
export class WorkbookGlobals {
  readonly #budget: ReadBudget;
  /** 2 to 5, or 8. */
  version = firstUnicodeVersion;
  codePage = 1252;
  is1904 = false;
  /** Who wrote the file last, as Windows knew them. */
  writer = '';
  readonly strings: string[] = [];
  readonly sheets: SheetInformation[] = [];
  readonly #sheetNumbers = new Map<number, number>();
  readonly #formats = new Map<number, NumberFormat>();
  readonly #cellFormats: number[] = [];
  #formatCount = 0;
  isDamaged = false;

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  get isUnicode(): boolean {
    return this.version >= firstUnicodeVersion;
  }

  /** How a cell shows its number, by the number of its XF record; undefined is as it is. */
  findFormat(cellFormat: number): NumberFormat | undefined {
    const id = this.#cellFormats[cellFormat] ?? 0;
    const known = this.#formats.get(id);
    const code = known === undefined ? builtInFormat(id) : undefined;
    if (code === undefined) return known;
    const format = new NumberFormat(code);
    this.#formats.set(id, format);
    return format;
  }

  /** Which of the sheets begins at an offset of the stream. */
  findSheetAt(offset: number): number | undefined {
    return this.#sheetNumbers.get(offset);
  }

  readText(cursor: ByteCursor, lengthBytes: 1 | 2): string {
    const { isUnicode, codePage } = this;
    return readString(cursor, { isUnicode, codePage, lengthBytes });
  }

  /** Takes a record; those that say nothing of the whole workbook are left alone. */
  take({ type, data }: BiffRecord, records: BiffRecords): void {
    const cursor = new ByteCursor(data);
    switch (type) {
      case 0x42:
        this.codePage = knownCodePage(cursor.uint16());
        break;
      case 0x22:
        this.is1904 = cursor.uint16() === 1;
        break;
      case 0x5c:
        this.writer = this.readText(cursor, this.isUnicode ? 2 : 1);
        break;
      case 0x85:
        this.#takeSheet(cursor);
        break;
      case 0xfc:
        this.#takeStrings([data, ...records.takeContinued()]);
        break;
      case 0x1e:
      case 0x41e:
        this.#takeFormat(cursor);
        break;
      case 0xe0:
        cursor.at = 2;
        this.#cellFormats.push(cursor.uint16());
        break;
      case 0x243:
      case 0x443:
        cursor.at = 1;
        this.#cellFormats.push(cursor.uint8());
        break;
      case 0x43:
        cursor.at = 2;
        this.#cellFormats.push(cursor.uint8() & 0x3f);
        break;
    }
  }

  #takeSheet(cursor: ByteCursor): void {
    this.#budget.checkPages(this.sheets.length + 1);
    const offset = cursor.uint32();
    const isHidden = (cursor.uint8() & 3) !== 0;
    cursor.at += 1;
    const name = this.readText(cursor, 1);
    this.#sheetNumbers.set(offset, this.sheets.push({ name, isHidden }) - 1);
  }

  #takeStrings(records: readonly Uint8Array[]): void {
    const header = new ByteCursor(records[0] ?? new Uint8Array(0), 4);
    const count = header.uint32();
    const reader = new ContinuedStrings(records, 8);
    try {
      for (let n = 0; n < count; n++) {
        if ((n & 1023) === 0) this.#budget.checkTime();
        this.strings.push(reader.richString());
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.isDamaged = true;
    }
  }

  #takeFormat(cursor: ByteCursor): void {
    // Before Excel 5 formats are numbered as they come.
    const id = this.version >= 5 ? cursor.uint16() : this.#formatCount;
    if (this.version === 4) cursor.at += 2;
    this.#formatCount += 1;
    const code = this.readText(cursor, this.isUnicode ? 2 : 1);
    if (!/^general$/i.test(code)) this.#formats.set(id, new NumberFormat(code));
  }
}

function knownCodePage(codePage: number): number {
  if (codePage === 0x8000) return 10_000;
  return codePage === 0x8001 ? 1252 : codePage;
}
