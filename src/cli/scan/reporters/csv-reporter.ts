import type { FileResult } from '../file-result.ts';
import { showPart } from '../show-place.ts';
import type { Reporter } from './reporter.ts';

const columns = [
  'path',
  'label',
  'score',
  'type',
  'category',
  'confidence',
  'line',
  'column',
  'offset',
  'length',
  'excerpt',
  'fingerprint',
  'part',
];

/** CSV (RFC 4180) with a header: one row a finding. */
export function csvReporter(): Reporter {
  return {
    begin: () => row(columns),
    file: (result) => rowsOf(result).map(row).join(''),
    end: () => '',
  };
}

function rowsOf({ path, label, score, findings }: FileResult): unknown[][] {
  return findings.map(({ type, category, confidence, place, excerpt, fingerprint }) => [
    // The same file, and no formula to a spreadsheet.
    isFormula(path) ? `./${path}` : path,
    label,
    score,
    type,
    category,
    confidence,
    place.line,
    place.column,
    place.offset,
    place.length,
    asText(excerpt),
    fingerprint,
    asText(showPart(place)),
  ]);
}

/** No formula either; what begins with the mark gets another, so that one can be taken off again. */
function asText(text: string): string {
  return isFormula(text) || text.startsWith("'") ? `'${text}` : text;
}

/** Spreadsheets run a cell that starts like this. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

function row(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
