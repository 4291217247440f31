import type { Place } from '../../engine/types.ts';

/**
 * Where in a document a place is, apart from its line: `mail.eml!/bill.pdf, page 3`, `sheet Q1, B7`;
 * empty for a text's.
 */
export function showPart(place: Place): string {
  const { path, page, slide, sheet, cell, section } = place;
  const parts = [
    path,
    page === undefined ? undefined : `page ${page}`,
    slide === undefined ? undefined : `slide ${slide}`,
    sheet === undefined ? undefined : `sheet ${sheet}`,
    cell,
    section,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** Whether line, column and offset are of the file's own bytes. */
export function isOfFile({ path, extracted }: Place): boolean {
  return path === undefined && extracted !== true;
}
