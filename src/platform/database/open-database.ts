import { Kysely, type Transaction } from 'kysely';
import { type Migration, migrate } from './migrate.ts';
import { openConnection } from './open-connection.ts';
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
  close: () => Promise<void>;
}

/** Opens a role's SQLite database, migrated to the newest schema. */
export function openDatabase<Schema>(
  path: string,
  migrations: readonly Migration[],
): Store<Schema> {
  const writer = openConnection(path);
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
  return {
    db,
    write: (work, options) => queue.write(work, options),
    readDataVersion: () => reader.pragma('data_version', { simple: true }) as number,
    close: async () => {
      await queue.drain();
      writer.pragma('optimize');
      await db.destroy();
    },
  };
}
