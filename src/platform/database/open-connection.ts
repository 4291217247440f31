import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export type Connection = Database.Database;

export interface ConnectionOptions {
  /** Reads only; the file must exist. */
  readonly?: boolean;
  /** How long a statement waits for another process's lock, in milliseconds. */
  busyTimeoutMilliseconds?: number;
  /** Page cache of this connection, in KiB. */
  cacheKibibytes?: number;
  /** Deleted rows are overwritten with zeros; a new database can give their pages back. */
  erasesDeleted?: boolean;
}

/**
 * Opens one SQLite connection the way every role does: WAL, full synchronisation (a commit is on
 * disk when it returns), foreign keys on. A new file is readable by its owner alone.
 */
export function openConnection(path: string, options: ConnectionOptions = {}): Connection {
  const {
    readonly = false,
    busyTimeoutMilliseconds = 5_000,
    cacheKibibytes = 8_192,
    erasesDeleted = false,
  } = options;
  if (!readonly) createPrivately(path);
  const connection = new Database(path, { readonly, timeout: busyTimeoutMilliseconds });
  connection.pragma(`cache_size = -${cacheKibibytes}`);
  connection.pragma('foreign_keys = ON');
  connection.pragma('temp_store = MEMORY');
  if (!readonly) {
    if (erasesDeleted) {
      // Before anything is written: the pages of a database keep the layout they began with.
      connection.pragma('auto_vacuum = INCREMENTAL');
      connection.pragma('secure_delete = ON');
    }
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('trusted_schema = OFF');
  }
  return connection;
}

function createPrivately(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
