import { existsSync } from 'node:fs';

/** An operator means a database that is there: a new one elsewhere would help nobody. */
export function checkDatabase(database: string): void {
  if (existsSync(database)) return;
  throw new Error(`there is no database at ${database}: give --data-dir or --database`);
}
