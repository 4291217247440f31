import { bytes } from '../ole/build-bytes.ts';

const { u8, u16, u32, f64, latin1, utf16, join } = bytes;

export function record(type: number, ...content: Uint8Array[]): Buffer {
  const data = join(...content);
  return join(u16(type, data.length), data);
}

/** A string of Excel 97 with its length in 16 bits. */
export function longString(text: string): Buffer {
  return join(u16(text.length), flagged(text));
}

export function shortString(text: string): Buffer {
  return join(u8(text.length), flagged(text));
}

/** A flag that tells how wide the characters are, and the characters. */
export function flagged(text: string): Buffer {
  return /[^\0-\xff]/.test(text) ? join(u8(1), utf16(text)) : join(u8(0), latin1(text));
}

export const eof = record(0x0a);
export const bof = (kind: number, version = 0x600): Buffer =>
  record(0x809, u16(version, kind, 0, 0), u32(0, 0));

/** Cells: row, column, and number of the format. */
export const cell = (row: number, column: number, format = 0): Buffer => u16(row, column, format);
export const number = (row: number, column: number, value: number, format = 0): Buffer =>
  record(0x203, cell(row, column, format), f64(value));
export const shared = (row: number, column: number, index: number): Buffer =>
  record(0xfd, cell(row, column), u32(index));

export interface SheetFixture {
  name: string;
  isHidden?: boolean;
  kind?: number;
  records: Buffer[];
}

/** The stream of a workbook of Excel 97 ([MS-XLS]); `globals` come before the list of sheets. */
export function buildWorkbookStream(globals: Buffer[], sheets: SheetFixture[]): Buffer {
  const list = (starts: readonly number[]): Buffer[] =>
    sheets.map(({ name, isHidden = false }, n) =>
      record(0x85, u32(starts[n] ?? 0), u8(isHidden ? 1 : 0, 0), shortString(name)),
    );
  const head = (starts: readonly number[]): Buffer =>
    join(bof(5), ...globals, ...list(starts), eof);
  const bodies = sheets.map(({ kind = 0x10, records }) => join(bof(kind), ...records, eof));
  let offset = head([]).length;
  const starts = bodies.map((body) => {
    offset += body.length;
    return offset - body.length;
  });
  return join(head(starts), ...bodies);
}

/** Formats of cells: each an identifier of a number format. */
export function cellFormats(...formats: number[]): Buffer[] {
  return formats.map((format) => record(0xe0, u16(0, format), Buffer.alloc(16)));
}

export const sharedStrings = (...strings: string[]): Buffer =>
  record(0xfc, u32(strings.length, strings.length), ...strings.map(longString));
