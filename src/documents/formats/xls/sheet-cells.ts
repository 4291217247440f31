import { plainNumber } from '../number-format.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { BiffRecord, BiffRecords } from './biff-records.ts';
import { ContinuedStrings } from './biff-strings.ts';
import type { WorkbookGlobals } from './workbook-globals.ts';

export interface Cell {
  row: number;
  column: number;
  text: string;
}

/** Values of BOOLERR records that are errors ([MS-XLS] 2.5.10). */
const errorNames: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** Reads cells from the records of a sheet. */
export class SheetCells {
  readonly #globals: WorkbookGlobals;
  /** Where the text of a formula belongs, which is in a record after it. */
  #formula: { row: number; column: number } | undefined;

  constructor(globals: WorkbookGlobals) {
    this.#globals = globals;
  }

  /** Gives the cells of a record: none, one, or a run of numbers. */
  read(record: BiffRecord, records: BiffRecords): readonly Cell[] {
    const cursor = new ByteCursor(record.data);
    switch (record.type) {
      case 0xfd:
        return [this.#cell(cursor, () => this.#globals.strings[cursor.uint32()] ?? '')];
      case 0x204:
      case 0xd6:
        return [this.#cell(cursor, () => this.#text(cursor, record, records))];
      case 0x203:
        return [this.#cell(cursor, (format) => this.#number(cursor.float64(), format))];
      case 0x27e:
      case 0x7e:
        return [this.#cell(cursor, (format) => this.#number(readRk(cursor), format))];
      case 0xbd:
        return this.#numberRun(cursor);
      case 0x205:
        return [this.#cell(cursor, () => readBoolean(cursor))];
      case 0x06:
      case 0x206:
      case 0x406:
        return this.#readFormula(cursor);
      case 0x207:
      case 0x07:
        return this.#readFormulaText(cursor, record, records);
      default:
        return this.#globals.version === 2 ? this.#readOldest(record.type, cursor) : [];
    }
  }

  /** Excel 2 has attributes of three bytes in place of a format. */
  #readOldest(type: number, cursor: ByteCursor): readonly Cell[] {
    switch (type) {
      case 0x02:
        return [this.#oldestCell(cursor, () => String(cursor.uint16()))];
      case 0x03:
        return [this.#oldestCell(cursor, () => this.#number(cursor.float64(), 0))];
      case 0x04:
        return [this.#oldestCell(cursor, () => this.#globals.readText(cursor, 1))];
      case 0x05:
        return [this.#oldestCell(cursor, () => readBoolean(cursor))];
      default:
        return [];
    }
  }

  #oldestCell(cursor: ByteCursor, read: () => string): Cell {
    const row = cursor.uint16();
    const column = cursor.uint16();
    cursor.at += 3;
    return { row, column, text: read() };
  }

  #cell(cursor: ByteCursor, read: (format: number) => string): Cell {
    const row = cursor.uint16();
    const column = cursor.uint16();
    return { row, column, text: read(cursor.uint16()) };
  }

  #numberRun(cursor: ByteCursor): Cell[] {
    const row = cursor.uint16();
    const cells: Cell[] = [];
    for (let column = cursor.uint16(); cursor.left >= 8; column++) {
      const format = cursor.uint16();
      cells.push({ row, column, text: this.#number(readRk(cursor), format) });
    }
    return cells;
  }

  #readFormula(cursor: ByteCursor): readonly Cell[] {
    const row = cursor.uint16();
    const column = cursor.uint16();
    const format = this.#globals.version === 2 ? 0 : cursor.uint16();
    if (this.#globals.version === 2) cursor.at += 3;
    const result = new ByteCursor(cursor.take(8));
    this.#formula = { row, column };
    if (result.bytes[6] !== 0xff || result.bytes[7] !== 0xff) {
      return [{ row, column, text: this.#number(result.float64(), format) }];
    }
    const [kind, , value = 0] = result.bytes;
    if (kind === 1) return [{ row, column, text: value === 0 ? 'FALSE' : 'TRUE' }];
    return kind === 2 ? [{ row, column, text: errorNames[value] ?? '' }] : [];
  }

  #readFormulaText(cursor: ByteCursor, record: BiffRecord, records: BiffRecords): readonly Cell[] {
    const place = this.#formula;
    if (place === undefined) return [];
    this.#formula = undefined;
    return [{ ...place, text: this.#text(cursor, record, records) }];
  }

  #text(cursor: ByteCursor, { data }: BiffRecord, records: BiffRecords): string {
    const globals = this.#globals;
    if (!globals.isUnicode) return globals.readText(cursor, globals.version === 2 ? 1 : 2);
    const continued = records.takeContinued();
    if (continued.length === 0) return globals.readText(cursor, 2);
    return new ContinuedStrings([data, ...continued], cursor.at).richString();
  }

  #number(value: number, cellFormat: number): string {
    if (!Number.isFinite(value)) return '';
    // Excel itself keeps 15 digits.
    const number = Number.isInteger(value) ? value : Number(value.toPrecision(15));
    const format = this.#globals.findFormat(cellFormat);
    return format?.format(number, this.#globals.is1904) ?? plainNumber(number);
  }
}

/** A number in 30 bits ([MS-XLS] 2.5.217): an integer or the upper bits of a double, maybe in hundredths. */
function readRk(cursor: ByteCursor): number {
  const bits = cursor.int32();
  let value = bits >> 2;
  if ((bits & 2) === 0) {
    const double = new DataView(new ArrayBuffer(8));
    double.setInt32(4, bits & ~3, true);
    value = double.getFloat64(0, true);
  }
  return (bits & 1) === 0 ? value : value / 100;
}

function readBoolean(cursor: ByteCursor): string {
  const value = cursor.uint8();
  if (cursor.uint8() === 1) return errorNames[value] ?? '';
  return value === 0 ? 'FALSE' : 'TRUE';
}
