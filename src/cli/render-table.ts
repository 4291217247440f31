/** A table's column; numbers read best to the right. */
export interface Column {
  title: string;
  right?: boolean;
}

/** Lays rows out in columns for a terminal; no cell is cut. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, at) =>
    Math.max(...[titles, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  return [titles, ...rows]
    .map((row) => {
      const cells = columns.map(({ right = false }, at) => {
        const cell = row[at] ?? '';
        return right ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** Lays rows out as a table of GitHub-flavoured Markdown. */
export function renderMarkdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const rule = columns.map(({ right = false }) => (right ? '---:' : '---'));
  return [columns.map(({ title }) => title), rule, ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}
