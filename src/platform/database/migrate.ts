import type { Connection } from './open-connection.ts';

export interface Migration {
  /** Counts from 1 without gaps; equals the number in the file's name. */
  version: number;
  /** Statements that bring the schema from the version before to this one. */
  statements: string;
}

/**
 * Brings a database to the newest schema: one transaction a migration, its number kept in
 * `PRAGMA user_version` inside the same transaction. Safe when several processes start at once.
 *
 * Foreign keys are checked at the end of each and do nothing meanwhile, so that a table can be
 * made anew (SQLite, "Making Other Kinds Of Table Schema Changes").
 *
 * @throws {Error} when the database is newer than this program, or a migration leaves a row without
 * what it refers to.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`migration ${index + 1} is missing`);
  });
  connection.pragma('foreign_keys = OFF');
  try {
    migrateStepwise(connection, migrations);
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

function migrateStepwise(connection: Connection, migrations: readonly Migration[]): void {
  for (;;) {
    const done = connection
      .transaction(() => {
        const current = connection.pragma('user_version', { simple: true }) as number;
        if (current > migrations.length) {
          throw new Error(
            `the database has schema ${current}, this program knows ${migrations.length}: start the newer version of sensitivity, or restore the backup made before the upgrade`,
          );
        }
        const next = migrations[current];
        if (!next) return true;
        connection.exec(next.statements);
        if ((connection.pragma('foreign_key_check') as unknown[]).length > 0) {
          throw new Error(`migration ${next.version} left rows without what they refer to`);
        }
        connection.pragma(`user_version = ${next.version}`);
        return false;
      })
      .immediate();
    if (done) return;
  }
}
