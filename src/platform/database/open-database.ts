import { Kysely, type Transaction } from 'kysely';
import { type Migration, migrate } from './migrate.ts';
import { type ConnectionOptions, openConnection } from './open-connection.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { type WriteOptions, WriteQueue } from './write-queue.ts';

/** A role's database: Kysely for reads, {@link WriteQueue} for everything that changes it. */
export interface Store<Schema> {
  db: Kysely<Schema>;
  write: <Result>(
    work: (trx: Transaction<Schema>) => Promise<Result>,
    options?: WriteOptions,
  ) => Promise<Result>;
  /** Grows whenever another process commits to the same database. */
  readDataVersion: () => number;
  /**
   * Gives the pages that deletions have left empty back to the file system, but for a few that are
   * soon used again; of a database that erases what is deleted.
   */
  giveBackPages: () => Promise<void>;
  close: () => Promise<void>;
}

/** Empty pages that stay, and how many go in one turn of the writers'. */
const keptPages = 1_024;
const pagesInTurn = 2_000;

/** Opens a role's SQLite database, migrated to the newest schema. */
export function openDatabase<Schema>(
  path: string,
  migrations: readonly Migration[],
  options: Pick<ConnectionOptions, 'erasesDeleted'> = {},
): Store<Schema> {
  const writer = openConnection(path, options);
  try {
    migrate(writer, migrations);
  } catch (error) {
    writer.close();
    throw error;
  }
  const reader = openConnection(path, { readonly: true });
  const db = new Kysely<Schema>({ dialect: sqliteDialect(writer, reader) });
  let isDurable = true;
  const queue = new WriteQueue(db, (durable) => {
    if (durable === isDurable) return;
    isDurable = durable;
    writer.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
  });
  let isClosing = false;
  const isVacuumed = writer.pragma('auto_vacuum', { simple: true }) === 2;
  const countEmptyPages = (): number => reader.pragma('freelist_count', { simple: true }) as number;
  return {
    db,
    write: (work, options) => queue.write(work, options),
    readDataVersion: () => reader.pragma('data_version', { simple: true }) as number,
    giveBackPages: async () => {
      while (isVacuumed && !isClosing && countEmptyPages() > keptPages) {
        await queue.write(
          // As a prepared statement it would end after the first page.
          async () => writer.exec(`pragma incremental_vacuum(${pagesInTurn})`),
          { durable: false },
        );
      }
    },
    close: async () => {
      isClosing = true;
      await queue.drain();
      writer.pragma('optimize');
      await db.destroy();
    },
  };
}
