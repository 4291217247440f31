import { Kysely } from 'kysely';
import { migrate } from '../../../platform/database/migrate.ts';
import { type Connection, openConnection } from '../../../platform/database/open-connection.ts';
import { sqliteDialect } from '../../../platform/database/sqlite-dialect.ts';
import { WriteQueue } from '../../../platform/database/write-queue.ts';
import { tasksMigration } from '../migrations/0001-tasks.ts';
import { schedulesMigration } from '../migrations/0002-schedules.ts';
import type { BeatSchema } from './beat-schema.ts';

/**
 * beat.db on two connections: the queue's prepared statements and Kysely share the writing one,
 * so that a schedule's tick and the task it makes are one transaction.
 */
export interface BeatDatabase {
  writer: Connection;
  reader: Connection;
  db: Kysely<BeatSchema>;
  schedules: WriteQueue<BeatSchema>;
  /** Whether the writing connection's next commit waits for the disk; not within a transaction. */
  setDurable: (durable: boolean) => void;
  cursorKey: Uint8Array;
  close: () => Promise<void>;
}

/** Opens beat's database, migrated to the newest schema. */
export function openBeatDatabase(path: string): BeatDatabase {
  const writer = openConnection(path, { cacheKibibytes: 16_384 });
  try {
    migrate(writer, [tasksMigration, schedulesMigration]);
  } catch (error) {
    writer.close();
    throw error;
  }
  const reader = openConnection(path, { readonly: true });
  const db = new Kysely<BeatSchema>({ dialect: sqliteDialect(writer, reader) });
  let isDurable = true;
  const setDurable = (durable: boolean): void => {
    if (durable === isDurable) return;
    writer.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
    isDurable = durable;
  };
  const schedules = new WriteQueue(db, setDurable);
  const cursorKey = writer
    .prepare<[], Uint8Array>("SELECT value FROM meta WHERE name = 'cursor_key'")
    .pluck()
    .get();
  if (!cursorKey) throw new Error('the database has no cursor key');
  return {
    writer,
    reader,
    db,
    schedules,
    setDurable,
    cursorKey,
    close: async () => {
      await schedules.drain();
      writer.pragma('optimize');
      await db.destroy();
      // A pool that was never asked for a connection closes nothing.
      for (const connection of [reader, writer]) if (connection.open) connection.close();
    },
  };
}
