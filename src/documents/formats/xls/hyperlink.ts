import { decodeCodePage } from '../code-pages.ts';
import { ByteCursor, beforeNul, decodeUtf16 } from '../ole/byte-cursor.ts';

export interface SheetHyperlink {
  row: number;
  column: number;
  target: string;
}

const hasMoniker = 1;
const hasDisplayName = 0x10;
const hasFrameName = 0x80;
const isMonikerText = 0x100;
/** First fields of the class identifiers of monikers. */
const urlMoniker = 0x79eac9e0;
const fileMoniker = 0x00000303;

/**
 * Reads where a HLINK record leads ([MS-XLS] 2.4.140, [MS-OSHARED] 2.3.7.1); empty when it is
 * within the workbook.
 *
 * @throws {RangeError} when it is cut.
 */
export function readHyperlink(data: Uint8Array): SheetHyperlink {
  const cursor = new ByteCursor(data);
  const row = cursor.uint16();
  cursor.at += 2;
  const column = cursor.uint16();
  cursor.at = 28;
  const flags = cursor.uint32();
  if ((flags & hasDisplayName) !== 0) cursor.utf16(cursor.uint32());
  if ((flags & hasFrameName) !== 0) cursor.utf16(cursor.uint32());
  const target = (flags & hasMoniker) === 0 ? '' : readMoniker(cursor, flags);
  return { row, column, target: beforeNul(target) };
}

function readMoniker(cursor: ByteCursor, flags: number): string {
  if ((flags & isMonikerText) !== 0) return cursor.utf16(cursor.uint32());
  const kind = cursor.uint32();
  cursor.at += 12;
  if (kind === urlMoniker) return decodeUtf16(cursor.take(cursor.uint32()));
  if (kind !== fileMoniker) return '';
  cursor.at += 2;
  return decodeCodePage(1252, cursor.take(cursor.uint32()));
}
