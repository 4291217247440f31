import { migrate } from '../../../platform/database/migrate.ts';
import { type Connection, openConnection } from '../../../platform/database/open-connection.ts';
import { migration0001 } from '../migrations/0001-results.ts';

export interface StoredResult {
  seq: number;
  sha256: string;
  revision: number;
  engineVersion: string;
  /** JSON of the document's report. */
  document: string;
}

/**
 * The node's own memory: results not yet delivered, and the last ones that were.
 *
 * Losing the newest rows in a power cut only means scanning again, so a commit does not wait for
 * the disk.
 */
export class Results {
  readonly #connection: Connection;
  readonly #cached: number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  /** @param cached how many delivered results are kept. */
  constructor(path: string, cached: number) {
    this.#connection = openConnection(path);
    migrate(this.#connection, [migration0001]);
    this.#connection.pragma('synchronous = NORMAL');
    this.#cached = cached;
    this.#statements = prepareStatements(this.#connection);
  }

  find(sha256: string, revision: number, engineVersion: string): StoredResult | undefined {
    return this.#statements.find.get(sha256, revision, engineVersion) as StoredResult | undefined;
  }

  insert(result: Omit<StoredResult, 'seq'>): StoredResult {
    const { sha256, revision, engineVersion, document } = result;
    const row = this.#statements.insert.get(sha256, revision, engineVersion, document);
    return { ...result, seq: (row as { seq: number }).seq };
  }

  listUndelivered(limit: number): StoredResult[] {
    return this.#statements.listUndelivered.all(limit) as StoredResult[];
  }

  markDelivered(seqs: readonly number[]): void {
    const { markDelivered, evict } = this.#statements;
    this.#connection.transaction(() => {
      let last = 0;
      for (const seq of seqs) {
        markDelivered.run(seq);
        last = Math.max(last, seq);
      }
      evict.run(last - this.#cached);
    })();
  }

  check(): void {
    this.#statements.listUndelivered.get(1);
  }

  close(): void {
    this.#connection.close();
  }
}

function prepareStatements(connection: Connection) {
  const columns = 'seq, sha256, revision, engine_version as engineVersion, document';
  return {
    find: connection.prepare(
      `select ${columns} from results where sha256 = ? and revision = ? and engine_version = ?`,
    ),
    insert: connection.prepare(
      `insert into results (sha256, revision, engine_version, document, delivered)
       values (?, ?, ?, ?, 0)
       on conflict (sha256, revision, engine_version)
       do update set document = excluded.document, delivered = 0
       returning seq`,
    ),
    listUndelivered: connection.prepare(
      `select ${columns} from results where delivered = 0 order by seq limit ?`,
    ),
    markDelivered: connection.prepare('update results set delivered = 1 where seq = ?'),
    evict: connection.prepare('delete from results where seq <= ? and delivered = 1'),
  };
}
