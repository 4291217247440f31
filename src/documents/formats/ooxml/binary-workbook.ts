import type { RecordHandler } from './binary-records.ts';
import type { CellStyles } from './cell-styles.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Workbook } from './workbook.ts';

/** Record types ([MS-XLSB] 2.3.2). */
const types = {
  sharedString: 19,
  format: 44,
  cellFormat: 47,
  workbookProperties: 153,
  sheet: 156,
  beginCellFormats: 617,
  endCellFormats: 618,
} as const;

/** Reads workbook.bin: sheets in order ([MS-XLSB] 2.4.313), and which day is the first. */
export function workbookRecords(workbook: Workbook): RecordHandler {
  return (type, fields) => {
    if (type === types.workbookProperties) {
      workbook.uses1904 = (fields.u32() & 1) === 1;
    } else if (type === types.sheet) {
      const isHidden = fields.u32() !== 0;
      fields.skip(4);
      const relationship = fields.string();
      workbook.addSheet({ isHidden, relationship, name: fields.string() });
    }
  };
}

/** Reads styles.bin: formats ([MS-XLSB] 2.4.658) and which cells' styles use them (2.4.876). */
export function styleRecords(styles: CellStyles): RecordHandler {
  let isInCells = false;
  return (type, fields) => {
    if (type === types.format) {
      styles.addFormat(fields.u16(), fields.string());
    } else if (type === types.cellFormat && isInCells) {
      fields.skip(2);
      styles.addCellFormat(fields.u16());
    } else if (type === types.beginCellFormats || type === types.endCellFormats) {
      isInCells = type === types.beginCellFormats;
    }
  };
}

/** Reads sharedStrings.bin. */
export function stringRecords(strings: SharedStrings): RecordHandler {
  return (type, fields) => {
    if (type === types.sharedString) strings.add(fields.richString());
  };
}
