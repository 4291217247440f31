import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Reader, UnreadableError } from '../../reader.ts';
import { TableWriter } from '../table/table-writer.ts';
import { type SqliteTable, SqliteTables } from './store/sqlite-tables.ts';

/** Virtual tables of SQLite itself, whose content is in ordinary tables beside them. */
const shadowedModules = /^\s*CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+"?(?:fts[345]|rtree|geopoly)/is;

interface ReadingContext {
  sink: DocumentSink;
  budget: ReadBudget;
  fileBytes: number;
  /** Names of virtual tables whose content is read from tables beside them. */
  indexed: readonly string[];
}

/**
 * SQLite (database file format, version 3): a part a table, and one with the statements that made
 * it. What of a broken database can be read is; the rest is missed.
 */
export const readSqlite: Reader = async (source, sink, { budget }) => {
  const file = await source.readAll();
  // It is held twice: here, and by SQLite.
  budget.checkHeld(file.length * 2);
  const tables = new SqliteTables(file, budget);
  try {
    const fileBytes = file.length;
    const indexed = writeStatements(tables, { sink, budget, fileBytes });
    const context = { sink, budget, fileBytes, indexed };
    let number = 0;
    for (const table of tables.listTables()) {
      number += 1;
      budget.checkPages(number);
      if (!table.isVirtual) await readTable(tables, table, context);
    }
  } finally {
    tables.close();
  }
};

/** Returns which virtual tables there are: their own tables beside them hold an index, too. */
function writeStatements(
  tables: SqliteTables,
  { sink, budget }: Omit<ReadingContext, 'indexed'>,
): string[] {
  const indexed: string[] = [];
  let isStarted = false;
  for (const { name, sql } of tables.listStatements()) {
    budget.checkTime();
    if (!isStarted) sink.startPart({ section: 'metadata' });
    isStarted = true;
    sink.write(`${sql}\n`);
    if (!/^\s*CREATE\s+VIRTUAL\b/i.test(sql)) continue;
    if (shadowedModules.test(sql)) indexed.push(name);
    else sink.miss('unsupported:virtual_table');
  }
  return indexed;
}

async function readTable(
  tables: SqliteTables,
  table: SqliteTable,
  { sink, budget, fileBytes, indexed }: ReadingContext,
): Promise<void> {
  const location = { sheet: table.name };
  const writer = new TableWriter(sink, { location, columns: table.columns, budget });
  try {
    for (const row of tables.listRows(table)) {
      await writer.writeRow(row);
      // Pages that lie in each other give rows without end.
      if (writer.characters > mostCharacters(fileBytes)) throw new UnreadableError('corrupt');
    }
  } catch (error) {
    if (error instanceof UnreadableError && error.problem !== 'corrupt') throw error;
    sink.miss('corrupt');
  }
  await writer.finish();
  const isIndex = indexed.some((name) => table.name.startsWith(`${name}_`));
  if (writer.hasBinary && !isIndex) sink.miss('binary_data');
}

/** A byte of a file is at most a number of 20 digits, or two empty cells, and text is itself. */
function mostCharacters(fileBytes: number): number {
  return 1_048_576 + 24 * fileBytes;
}
