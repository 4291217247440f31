import { cellName } from '../cell-names.ts';
import type { StoryWriter } from '../story-writer.ts';
import type { RecordFields, RecordHandler } from './binary-records.ts';
import { CellLines } from './cell-lines.ts';
import { marginalText, type SheetOptions } from './sheet-text.ts';

/** Record types ([MS-XLSB] 2.3.2) of what is not a cell. */
const types = {
  row: 0,
  formattedString: 62,
  headerFooter: 479,
  hyperlink: 494,
  commentAuthor: 632,
  comment: 635,
  commentText: 637,
} as const;

/** Cells by record type: 1 to 7 values, 8 to 11 results of formulas; 12 to 18 follow the cell before. */
const lastShortCell = 18;
const firstShortCell = 12;
const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** Reads a sheet of a binary workbook ([MS-XLSB] 2.1.7.61): cells as they are shown, then the rest. */
export function sheetRecords(stories: StoryWriter, options: SheetOptions): RecordHandler {
  const lines = new CellLines(stories);
  let column = 0;
  return (type, fields) => {
    if (type === types.row) {
      lines.startRow(fields.u32() + 1);
      column = 0;
    } else if (type <= lastShortCell || type === types.formattedString) {
      const isShort = type >= firstShortCell && type <= lastShortCell;
      column = isShort ? column + 1 : fields.u32() + 1;
      const style = fields.u16() + fields.u8() * 65_536;
      fields.skip(1);
      const kind = isShort ? type - firstShortCell + 1 : type;
      lines.write(column, shownCell(kind, fields, { ...options, style }));
    } else if (type === types.headerFooter) {
      fields.skip(2);
      for (const section of ['header', 'footer', 'header', 'footer', 'header', 'footer'] as const) {
        const text = marginalText(fields.string());
        if (text !== '') stories.write(`${text}\n`, section);
      }
    } else if (type === types.hyperlink) {
      fields.skip(16);
      fields.string();
      for (const text of [fields.string(), fields.string()]) {
        if (text !== '') stories.write(`${text}\n`, 'hidden');
      }
    }
  };
}

function shownCell(
  kind: number,
  fields: RecordFields,
  { strings, styles, style }: SheetOptions & { style: number },
): string {
  switch (kind) {
    case 2:
      return styles.show(String(fields.rk()), style);
    case 3:
    case 11:
      return errors[fields.u8()] ?? '';
    case 4:
    case 10:
      return fields.u8() === 1 ? 'TRUE' : 'FALSE';
    case 5:
    case 9:
      return styles.show(String(fields.f64()), style);
    case 6:
    case 8:
      return fields.string();
    case 7:
      return strings.find(fields.u32()) ?? '';
    case types.formattedString:
      return fields.richString();
    default:
      return '';
  }
}

/** Reads the comments of a sheet of a binary workbook ([MS-XLSB] 2.1.7.8). */
export function commentRecords(stories: StoryWriter): RecordHandler {
  let cell = '';
  return (type, fields) => {
    if (type === types.commentAuthor) {
      stories.write(`${fields.string()}\n`);
    } else if (type === types.comment) {
      fields.skip(4);
      const row = fields.u32();
      fields.skip(4);
      cell = cellName((fields.u32() & 0x3fff) + 1, (row & 0xfffff) + 1);
    } else if (type === types.commentText) {
      stories.writeCell(`${fields.richString().replace(/[\r\n]+/g, ' ')}\n`, cell);
    }
  };
}
