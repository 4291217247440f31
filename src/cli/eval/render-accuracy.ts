import { type Column, renderMarkdownTable, renderTable } from '../render-table.ts';
import type { AccuracyRow } from './accuracy.ts';

/** How the counts can be printed. */
export const accuracyFormats = ['table', 'json', 'markdown'] as const;
export type AccuracyFormat = (typeof accuracyFormats)[number];

const countColumns: readonly Column[] = [
  { title: 'positives', right: true },
  { title: 'found', right: true },
  { title: 'recall %', right: true },
  { title: 'negatives', right: true },
  { title: 'reported', right: true },
  { title: 'reported %', right: true },
  { title: 'precision %', right: true },
];

/** Renders a line a suite, then each suite's entities. */
export function renderAccuracy(
  totals: readonly AccuracyRow[],
  rows: readonly AccuracyRow[],
  format: 'table' | 'markdown',
): string {
  const isMarkdown = format === 'markdown';
  const render = isMarkdown ? renderMarkdownTable : renderTable;
  const code = (text: string): string => (isMarkdown && text !== '' ? `\`${text}\`` : text);
  const suiteLines = totals.map((row) => [row.suite, ...countCells(row)]);
  const sections = totals.map(({ suite }) => {
    const lines = rows
      .filter((row) => row.suite === suite)
      .map((row) => [
        row.entity === null ? '–' : code(row.entity),
        row.types.map(code).join(' '),
        ...countCells(row),
        row.exists ? '' : 'no such type',
      ]);
    const columns = [{ title: 'entity' }, { title: 'types' }, ...countColumns, { title: 'note' }];
    return `\n${isMarkdown ? `### ${suite}\n\n` : `${suite}\n`}${render(columns, lines)}`;
  });
  return render([{ title: 'suite' }, ...countColumns], suiteLines) + sections.join('');
}

/** Gives a row as JSON, with its ratios from 0 to 1; null where there is nothing to divide by. */
export function toJson(row: AccuracyRow): Record<string, unknown> {
  return { ...row, ...ratiosOf(row) };
}

function countCells(row: AccuracyRow): string[] {
  const { recall, negativesReported, precision } = ratiosOf(row);
  return [
    String(row.positives),
    String(row.found),
    percent(recall),
    String(row.negatives),
    String(row.reported),
    percent(negativesReported),
    percent(precision),
  ];
}

function ratiosOf(row: AccuracyRow): {
  recall: number | null;
  negativesReported: number | null;
  precision: number | null;
} {
  return {
    recall: ratio(row.found, row.positives),
    negativesReported: ratio(row.reported, row.negatives),
    precision: ratio(row.right, row.right + row.wrong),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function percent(value: number | null): string {
  return value === null ? '–' : (value * 100).toFixed(1);
}
