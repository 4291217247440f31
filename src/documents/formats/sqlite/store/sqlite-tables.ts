import { constants, DatabaseSync } from 'node:sqlite';
import type { ReadBudget } from '../../../read-budget.ts';

export interface SqliteTable {
  name: string;
  /** Without those that are computed when they are read. */
  columns: string[];
  isVirtual: boolean;
}

export type SqliteValue = null | number | bigint | string | Uint8Array;

/** The only things that reading a table asks for; pragmas and functions are given to our own. */
const allowedActions: ReadonlySet<number> = new Set([
  constants.SQLITE_READ,
  constants.SQLITE_SELECT,
]);
/** Version numbers for writing and reading (database file format, section 1.3): 2 is a WAL. */
const versionOffsets = [18, 19] as const;

/**
 * A foreign SQLite database, in memory, of which nothing is ever run: no view, trigger, computed
 * column or virtual table. Every method throws what SQLite throws of a broken file.
 */
export class SqliteTables {
  readonly #database: DatabaseSync;

  /** The array is changed: a database in WAL mode is one without, for its log is not at hand. */
  constructor(file: Uint8Array, budget: ReadBudget) {
    for (const offset of versionOffsets) if (file[offset] === 2) file[offset] = 1;
    this.#database = new DatabaseSync(':memory:', {
      allowExtension: false,
      enableForeignKeyConstraints: false,
      limits: { length: budget.limits.heldBytes },
      readBigInts: true,
      returnArrays: true,
    });
    this.#database.deserialize(file);
    this.#database.enableDefensive(true);
    this.#database.exec('PRAGMA trusted_schema = OFF');
    this.#database.exec('PRAGMA cell_size_check = ON');
    this.#database.exec('PRAGMA query_only = ON');
  }

  /** What the database was made with: statements with comments and default values. */
  *listStatements(): Iterable<{ name: string; sql: string }> {
    const statement = this.#database.prepare(
      'SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL',
    );
    for (const [name, sql] of statement.iterate() as Iterable<unknown[]>) {
      yield { name: String(name), sql: String(sql) };
    }
  }

  /** Tables in the order they were made, without those of SQLite itself. */
  *listTables(): Iterable<SqliteTable> {
    const tables = this.#database
      .prepare(
        `SELECT name, rootpage, sql FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
      )
      .all() as unknown as [name: string, rootPage: bigint, sql: string][];
    const columns = this.#database.prepare(
      'SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3)',
    );
    for (const [name, rootPage] of tables) {
      const isVirtual = Number(rootPage) === 0;
      const names = isVirtual ? [] : (columns.all(name) as unknown as [string][]);
      yield { name, columns: names.map(([column]) => column), isVirtual };
    }
  }

  /** Rows in the order they are stored; no index is used, for one can say something else. */
  *listRows({ name, columns }: SqliteTable): Iterable<SqliteValue[]> {
    const list = columns.map(quote).join(', ');
    const statement = this.#prepareRead(`SELECT ${list} FROM ${quote(name)} NOT INDEXED`);
    yield* statement.iterate() as unknown as Iterable<SqliteValue[]>;
  }

  close(): void {
    this.#database.close();
  }

  #prepareRead(sql: string): ReturnType<DatabaseSync['prepare']> {
    this.#database.setAuthorizer((action) =>
      allowedActions.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY,
    );
    try {
      return this.#database.prepare(sql);
    } finally {
      this.#database.setAuthorizer(null);
    }
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
